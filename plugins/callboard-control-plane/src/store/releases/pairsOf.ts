const PER_QUERY = 300; // two values each; SQLite takes 999 in all

/** Pairs of app and release number as query bindings, in as many lists as needed. */
export function pairsOf(
  releases: ReadonlyArray<{ app: string; number: number }>,
): Array<Array<[app: string, number: number]>> {
  const lists: Array<Array<[string, number]>> = [];
  for (let start = 0; start < releases.length; start += PER_QUERY)
    lists.push(
      releases
        .slice(start, start + PER_QUERY)
        .map(({ app, number }) => [app, number]),
    );
  return lists;
}
