/**
 * The one name of a cluster for people: `eu-1 · Frankfurt`; its name alone where
 * it has no title of its own.
 *
 * Where a heading, row, tile, cell, menu entry or search result is about one
 * cluster, it has this name. Sentences, and lists of several clusters, use the
 * plain name: they come from the API and from git output, which have no room,
 * and the plain name is what commands take.
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
