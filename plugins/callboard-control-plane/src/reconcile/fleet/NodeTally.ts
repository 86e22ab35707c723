import type {
  KubeObject,
  ResourceAmounts,
} from '@callboard/plugin-callboard-common';
import { parseCpu, parseMemory } from '@callboard/plugin-callboard-core';
import { fieldOf, listOf } from '../observing/fields';

interface NodeSummary {
  isReady: boolean;
  capacity: Required<ResourceAmounts>;
  allocatable: Required<ResourceAmounts>;
}

/** Counts the machines of a cluster as its watch tells of them. */
export class NodeTally {
  readonly #nodes = new Map<string, NodeSummary>();

  see(node: KubeObject): void {
    this.#nodes.set(node.metadata.name, {
      isReady: listOf(fieldOf(node.status, 'conditions')).some(
        condition =>
          fieldOf(condition, 'type') === 'Ready' &&
          fieldOf(condition, 'status') === 'True',
      ),
      capacity: readAmounts(fieldOf(node.status, 'capacity')),
      allocatable: readAmounts(fieldOf(node.status, 'allocatable')),
    });
  }

  lose(name: string): void {
    this.#nodes.delete(name);
  }

  /** All machines together; room only of those that are ready. */
  sum(): {
    nodes: { ready: number; total: number };
    capacity: ResourceAmounts;
    allocatable: ResourceAmounts;
  } {
    const all = [...this.#nodes.values()];
    const ready = all.filter(({ isReady }) => isReady);
    return {
      nodes: { ready: ready.length, total: all.length },
      capacity: add(all.map(({ capacity }) => capacity)),
      allocatable: add(ready.map(({ allocatable }) => allocatable)),
    };
  }
}

function readAmounts(amounts: unknown): Required<ResourceAmounts> {
  return {
    cpuMillicores: parseCpu(fieldOf(amounts, 'cpu')) ?? 0,
    memoryBytes: parseMemory(fieldOf(amounts, 'memory')) ?? 0,
    pods: parseMemory(fieldOf(amounts, 'pods')) ?? 0, // a plain number reads the same
  };
}

function add(
  amounts: ReadonlyArray<Required<ResourceAmounts>>,
): ResourceAmounts {
  return amounts.reduce(
    (sum, each) => ({
      cpuMillicores: sum.cpuMillicores + each.cpuMillicores,
      memoryBytes: sum.memoryBytes + each.memoryBytes,
      pods: sum.pods + each.pods,
    }),
    { cpuMillicores: 0, memoryBytes: 0, pods: 0 },
  );
}
