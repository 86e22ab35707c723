/** Formats a key after the path of its map: `.name`, or `["app.kubernetes.io/name"]`. */
export function formatKey(key: string): string {
  return /^[A-Za-z0-9_-]+$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}
