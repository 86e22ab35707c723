const PER_QUERY = 300; // two values each; SQLite takes 999 in all

/** App and number of releases as queries take them, in as many lists as it needs. */
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
