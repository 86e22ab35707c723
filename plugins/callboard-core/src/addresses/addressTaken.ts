import type { Problem } from '@callboard/plugin-callboard-common';
import type { AddressClaim } from './types';

/** Refuses a push or promotion: another app already has a host and path that this one requests. */
export function addressTaken(
  what: string,
  { host, path, environment }: AddressClaim,
  by: { app: string; environment: string },
): Problem {
  const place = `${host}${path === '/' ? '' : path}`;
  return {
    code: 'address-taken',
    what,
    why: `it wants to answer at "${place}" in "${environment}", where "${by.app}" answers in "${by.environment}"`,
    next: `Ask for another host or path under "addresses" of "${environment}" in app.yaml, or let the owner of "${by.app}" give it up by a push without it`,
    transient: false,
  };
}
