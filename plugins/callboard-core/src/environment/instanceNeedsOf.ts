import type {
  NodeAmounts,
  ScoreContainer,
  ScoreWorkload,
} from '@callboard/plugin-callboard-common';
import { parseCpu, parseMemory } from '../quantity';

/** Requests of one instance of a workload on its node. */
export interface InstanceNeeds {
  workload: string;
  cpuMillicores: number;
  memoryBytes: number;
  /** Disk of the node for its ephemeral volumes; other volumes take none of the node. */
  ephemeralStorageBytes: number;
}

/**
 * Returns the requests of one instance of a workload, as the scheduler counts
 * them: its containers together, or the largest step before their start where
 * that requests more. A limit without a request is the request.
 */
export function instanceNeedsOf({
  metadata,
  containers,
  resources = {},
}: ScoreWorkload): InstanceNeeds {
  const all = Object.values(containers);
  const needed = (amountOf: (container: ScoreContainer) => number) =>
    Math.max(
      sum(all.filter(each => !isStep(each)).map(amountOf)),
      ...all.filter(isStep).map(amountOf),
    );
  return {
    workload: metadata.name,
    cpuMillicores: needed(
      ({ resources: { requests, limits } = {} }) =>
        parseCpu(requests?.cpu ?? limits?.cpu) ?? 0,
    ),
    memoryBytes: needed(
      ({ resources: { requests, limits } = {} }) =>
        parseMemory(requests?.memory ?? limits?.memory) ?? 0,
    ),
    ephemeralStorageBytes: sum(
      Object.values(resources)
        .filter(
          ({ type, params }) =>
            type === 'volume' && String(params?.ephemeral) === 'true',
        )
        .map(({ params }) => parseMemory(params?.size) ?? 0),
    ),
  };
}

/** Returns the largest request for each resource among these instances. */
export function largestInstance(
  instances: readonly InstanceNeeds[],
): Required<NodeAmounts> {
  const most = (resource: keyof NodeAmounts) =>
    Math.max(0, ...instances.map(needs => needs[resource]));
  return {
    cpuMillicores: most('cpuMillicores'),
    memoryBytes: most('memoryBytes'),
    ephemeralStorageBytes: most('ephemeralStorageBytes'),
  };
}

/** Returns whether a container has ended when the others start. */
function isStep({ before = {} }: ScoreContainer): boolean {
  return Object.values(before).some(({ ready }) => ready === 'complete');
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, each) => total + each, 0);
}
