/** Counts apps in a list with one entry per app and environment: an app in two environments counts once. */
export function countApps(places: ReadonlyArray<{ app: string }>): number {
  return new Set(places.map(({ app }) => app)).size;
}
