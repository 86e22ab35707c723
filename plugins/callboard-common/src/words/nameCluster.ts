/** The one name of a cluster for people: `eu-1 · Frankfurt`; its name alone where it has no title of its own. */
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
