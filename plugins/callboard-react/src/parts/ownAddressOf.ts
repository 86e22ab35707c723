import type { AppEnvironment } from '@callboard/plugin-callboard-common';

/** Address of an app that does not depend on a single cluster; undefined when it has none. */
export function ownAddressOf({
  url,
  addresses,
  clusters,
}: Pick<AppEnvironment, 'url' | 'addresses' | 'clusters'>): string | undefined {
  const accepted = addresses?.find(each => each.accepted);
  if (accepted) return accepted.url;
  return clusters.some(({ urls }) => url !== undefined && urls.includes(url))
    ? undefined
    : url;
}

/** Host of an address for people: `shop.example.com` for `https://shop.example.com/`. */
export function hostOf(url: string): string {
  return url.replace(/^https?:\/\//, '').replace(/\/$/, '');
}
