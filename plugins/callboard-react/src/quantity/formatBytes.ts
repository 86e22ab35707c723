const UNITS = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'];

/** Bytes for people, in steps of 1024: `512 MB`, `1.2 GB`. */
export function formatBytes(bytes: number): string {
  const exponent =
    bytes < 1
      ? 0
      : Math.min(UNITS.length - 1, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** exponent;
  return `${
    value < 10 && exponent > 0
      ? value.toFixed(1).replace(/\.0$/, '')
      : Math.round(value)
  } ${UNITS[exponent]}`;
}
