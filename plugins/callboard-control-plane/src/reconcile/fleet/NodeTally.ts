import type { KubeObject } from '@callboard/plugin-callboard-common';
import { type Amounts, addAmounts, readAmounts } from '../observing/amounts';
import { fieldOf, listOf } from '../observing/fields';

interface NodeSummary {
  isReady: boolean;
  capacity: Amounts;
  allocatable: Amounts;
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
    capacity: Amounts;
    allocatable: Amounts;
  } {
    const all = [...this.#nodes.values()];
    const ready = all.filter(({ isReady }) => isReady);
    return {
      nodes: { ready: ready.length, total: all.length },
      capacity: addAmounts(all.map(({ capacity }) => capacity)),
      allocatable: addAmounts(ready.map(({ allocatable }) => allocatable)),
    };
  }
}
