import type {
  NodeAmounts,
  ScoreContainer,
  ScoreWorkload,
} from '@callboard/plugin-callboard-common';
import { parseCpu, parseMemory } from '../quantity';

/** What one instance of a workload asks of the node that runs it. */
export interface InstanceNeeds {
  workload: string;
  cpuMillicores: number;
  memoryBytes: number;
  /** Disk of the node for its ephemeral volumes; others are not the node's. */
  ephemeralStorageBytes: number;
}

/**
 * What one instance of a workload asks of a node, as the scheduler counts it:
 * its containers together, or the largest step before their start where that
 * asks for more. A limit without a request is the request.
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

/** The most of each resource that any one of these instances asks of a node. */
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

/** It has ended when the others start. */
function isStep({ before = {} }: ScoreContainer): boolean {
  return Object.values(before).some(({ ready }) => ready === 'complete');
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, each) => total + each, 0);
}
