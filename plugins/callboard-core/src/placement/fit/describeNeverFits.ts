import {
  type Problem,
  describeTwoAmounts,
} from '@callboard/plugin-callboard-common';
import type { NeverFits } from './findNeverFits';

const WORDS: Readonly<
  Record<NeverFits['resource'], { name: string; setting: string }>
> = {
  memoryBytes: { name: 'memory', setting: 'resources.requests.memory' },
  cpuMillicores: { name: 'CPU', setting: 'resources.requests.cpu' },
  ephemeralStorageBytes: { name: 'disk', setting: 'the size of its volumes' },
};

/** Describes the problem of an app that fits on no cluster of an environment. */
export function describeNeverFits(
  fault: NeverFits,
  of: { app: string; environment: string },
): Problem {
  const { name, setting } = WORDS[fault.resource];
  const [amount, largest] = describeTwoAmounts(resourceOf(fault), [
    fault.needed,
    fault.largest,
  ]).map(text => (name === 'CPU' ? text : `${text} of ${name}`));
  const needs =
    fault.of === 'node'
      ? `one instance of "${fault.workload}" needs ${amount}`
      : `its instances together need ${amount}`;
  return {
    code: 'never-fits',
    what: `Cannot run "${of.app}" in ${of.environment}: no cluster there has so much ${name}`,
    why: `${needs}, and the largest ${fault.of} has ${largest} (${fault.cluster})`,
    next: `Lower ${setting} in score.yaml to what the largest ${fault.of} has, or ask the platform team for a larger one`,
    transient: false,
  };
}

/** Returns the name by which amounts are formatted. */
function resourceOf({ resource }: NeverFits): string {
  return resource === 'ephemeralStorageBytes' ? 'ephemeral-storage' : resource;
}
