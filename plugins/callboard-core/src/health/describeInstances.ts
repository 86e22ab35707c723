import { partOf, pluralOf } from '@callboard/plugin-callboard-common';

/** Returns how many of the desired instances are ready: `0 of 1 instance is ready`. */
export function describeReadyInstances(ready: number, wanted: number): string {
  return `${partOf(ready, wanted, 'instance')} ${pluralOf(
    wanted,
    'is',
    'are',
  )} ready`;
}

/** Returns how many instances are of the new release: `1 of 3 instances run the new release`. */
export function describeNewInstances(updated: number, wanted: number): string {
  return `${partOf(updated, wanted, 'instance')} ${pluralOf(
    wanted,
    'runs',
    'run',
  )} the new release`;
}
