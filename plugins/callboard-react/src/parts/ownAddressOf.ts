import type { AppEnvironment } from '@callboard/plugin-callboard-common';

/** The address of an app whichever of its clusters answers, where it has one. */
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

/** `https://shop.example.com/` as people say it: `shop.example.com`. */
export function hostOf(url: string): string {
  return url.replace(/^https?:\/\//, '').replace(/\/$/, '');
}
