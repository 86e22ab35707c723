/** How many apps there are in a list that has one entry per app and environment: an app that runs in two counts once. */
export function countApps(places: ReadonlyArray<{ app: string }>): number {
  return new Set(places.map(({ app }) => app)).size;
}
