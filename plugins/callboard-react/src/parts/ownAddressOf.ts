import type { AppEnvironment } from '@callboard/plugin-callboard-common';

/** The address of an app that is none of its clusters', where it has one. */
export function ownAddressOf({
  url,
  clusters,
}: Pick<AppEnvironment, 'url' | 'clusters'>): string | undefined {
  return clusters.some(({ urls }) => url !== undefined && urls.includes(url))
    ? undefined
    : url;
}

/** `https://shop.example.com/` as people say it: `shop.example.com`. */
export function hostOf(url: string): string {
  return url.replace(/^https?:\/\//, '').replace(/\/$/, '');
}
