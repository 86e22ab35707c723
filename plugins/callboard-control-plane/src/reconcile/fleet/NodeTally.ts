import type { KnownObject } from '@callboard/plugin-callboard-clusters-node';
import type { V1Node } from '@kubernetes/client-node';
import {
  type KubeObject,
  type NodeAmounts,
  refOf,
} from '@callboard/plugin-callboard-common';
import {
  membersOf,
  parseMemory,
  readAs,
} from '@callboard/plugin-callboard-core';
import { type Amounts, addAmounts, readAmounts } from '../observing/amounts';

interface NodeSummary extends KnownObject {
  isReady: boolean;
  capacity: Amounts;
  allocatable: Amounts;
  /** 0 where the node does not report it */
  ephemeralStorageBytes: number;
}

/** Counts the nodes of a cluster from the events of its watch. */
export class NodeTally {
  readonly #nodes = new Map<string, NodeSummary>();

  see(object: KubeObject): void {
    const { status } = readAs<V1Node>(object);
    this.#nodes.set(object.metadata.name, {
      uid: object.metadata.uid ?? '',
      ref: refOf(object),
      isReady: membersOf(status?.conditions).some(
        condition => condition.type === 'Ready' && condition.status === 'True',
      ),
      capacity: readAmounts(status?.capacity),
      allocatable: readAmounts(status?.allocatable),
      ephemeralStorageBytes:
        parseMemory(status?.allocatable?.['ephemeral-storage']) ?? 0,
    });
  }

  lose(name: string): void {
    this.#nodes.delete(name);
  }

  /** Returns the nodes that exist as far as is known. */
  known(): KnownObject[] {
    return [...this.#nodes.values()].map(({ uid, ref }) => ({ uid, ref }));
  }

  /** Sums all nodes; capacity only of ready ones. */
  sum(): {
    nodes: { ready: number; total: number };
    capacity: Amounts & { largestNode?: NodeAmounts };
    allocatable: Amounts;
  } {
    const all = [...this.#nodes.values()];
    const ready = all.filter(({ isReady }) => isReady);
    return {
      nodes: { ready: ready.length, total: all.length },
      capacity: {
        ...addAmounts(all.map(({ capacity }) => capacity)),
        ...(all.length > 0 && { largestNode: largestOf(all) }),
      },
      allocatable: addAmounts(ready.map(({ allocatable }) => allocatable)),
    };
  }
}

/**
 * Returns the most of each resource that any one node offers to instances,
 * whether it is ready now or not. Amounts that a node does not report are left
 * out.
 */
function largestOf(nodes: readonly NodeSummary[]): NodeAmounts {
  const most = (amountOf: (node: NodeSummary) => number) => {
    const amounts = nodes.map(amountOf);
    return amounts.includes(0) ? undefined : Math.max(...amounts);
  };
  const cpuMillicores = most(node => node.allocatable.cpuMillicores);
  const memoryBytes = most(node => node.allocatable.memoryBytes);
  const ephemeralStorageBytes = most(node => node.ephemeralStorageBytes);
  return {
    ...(cpuMillicores !== undefined && { cpuMillicores }),
    ...(memoryBytes !== undefined && { memoryBytes }),
    ...(ephemeralStorageBytes !== undefined && { ephemeralStorageBytes }),
  };
}
