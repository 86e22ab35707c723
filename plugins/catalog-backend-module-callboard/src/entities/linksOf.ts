import type { EntityLink } from '@backstage/catalog-model';
import type { App } from '@callboard/plugin-callboard-common';

/** Type of the links that Callboard adds; identifies them later. */
export const LINK_TYPE = 'callboard-environment';

const MAX_LINKS = 20;

/** Returns the addresses of an app as entity links, the last environment first. */
export function linksOf({ environments }: App): EntityLink[] {
  const links = [...environments].reverse().flatMap(environment => {
    const { title, name, url, clusters } = environment;
    const urls =
      url === undefined ? clusters.flatMap(each => each.urls ?? []) : [url];
    return [...new Set(urls)]
      .filter(each => /^https?:\/\//.test(each)) // no javascript: behind a link of the portal
      .map(each => ({ url: each, title: title ?? name, type: LINK_TYPE }));
  });
  return links.slice(0, MAX_LINKS);
}
