/**
 * The one name of a cluster for people: `eu-1 · Frankfurt`; its name alone where
 * it has no title of its own.
 *
 * Everything that stands by itself has this name: a heading, row, cell, tile,
 * option, link, an entry of a list, a search result, an entity of the catalog.
 * A sentence and a button say the plain name (`Draining us-1 moves no app`,
 * `Drain us-1`): it is what commands take, and git output has no room for more.
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
