/**
 * Returns the name of a cluster for people: `eu-1 · Frankfurt`; its plain name
 * where it has no title of its own.
 *
 * Everything that is shown by itself uses it: a heading, row, cell, tile,
 * option, link, an entry of a list, a search result, an entity of the catalog.
 * A sentence and a button use the plain name (`Draining us-1 moves no app`,
 * `Drain us-1`): commands take it, and git output has no space for more.
 */
export function nameCluster({
  name,
  title,
}: {
  name: string;
  title?: string;
}): string {
  return title === undefined || title === '' || title === name
    ? name
    : `${name} · ${title}`;
}
