import type { ScoreWorkload } from '@callboard/plugin-callboard-common';
import type { AddressedApp } from './planAddresses';
import { targetOf } from './targetOf';

/** Warns a pusher where the platform gives an app an address, and the workload that should serve it is not clear. */
export function warnOfAddresses(
  app: string,
  environments: ReadonlyArray<AddressedApp['environment'] & { title: string }>,
  workloads: readonly ScoreWorkload[],
): string[] {
  const target = targetOf(app, {}, workloads);
  if (target.kind !== 'unclear') return [];
  const without = environments
    .filter(
      ({ addresses, requestedAddresses }) => addresses && !requestedAddresses,
    )
    .map(({ title }) => title);
  if (without.length === 0) return [];
  return [
    `no address in ${without.join(', ')}: it is not clear which ${
      target.field
    } answers (${target.names
      .slice(0, 10)
      .join(', ')}); name one under "addresses" of the environment in app.yaml`,
  ];
}
