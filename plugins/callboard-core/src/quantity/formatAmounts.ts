/** Formats millicores as Kubernetes does: 500 is `500m`, 2000 is `2`. */
export function formatCpu(millicores: number): string {
  return millicores % 1000 === 0 ? String(millicores / 1000) : `${millicores}m`;
}

const UNITS: ReadonlyArray<readonly [suffix: string, bytes: number]> = [
  ['Ti', 1024 ** 4],
  ['T', 1000 ** 4],
  ['Gi', 1024 ** 3],
  ['G', 1000 ** 3],
  ['Mi', 1024 ** 2],
  ['M', 1000 ** 2],
  ['Ki', 1024],
  ['k', 1000],
];

/** Formats bytes in the largest unit that keeps them exact: 134217728 is `128Mi`, 1000000 is `1M`, 1001 is `1001`. */
export function formatMemory(bytes: number): string {
  const unit = UNITS.find(([, size]) => bytes >= size && bytes % size === 0);
  return unit ? `${bytes / unit[1]}${unit[0]}` : String(bytes);
}
