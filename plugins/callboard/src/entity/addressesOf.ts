import type { AppEnvironment } from '@callboard/plugin-callboard-common';
import { ownAddressOf } from '@callboard/plugin-callboard-react';

const MOST = 3; // the page of the app has all

/** Addresses of an app in an environment: its own name, or otherwise those on some of its clusters. */
export function addressesOf(environment: AppEnvironment): string[] {
  const own = ownAddressOf(environment);
  if (own !== undefined) return [own];
  return [...new Set(environment.clusters.flatMap(({ urls }) => urls))].slice(
    0,
    MOST,
  );
}
