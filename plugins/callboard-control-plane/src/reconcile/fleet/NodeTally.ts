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
  /** 0 where the node does not tell. */
  ephemeralStorageBytes: number;
}

/** Counts the nodes of a cluster as its watch tells of them. */
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

  /** Nodes that are believed to be there. */
  known(): KnownObject[] {
    return [...this.#nodes.values()].map(({ uid, ref }) => ({ uid, ref }));
  }

  /** All nodes together; capacity only of those that are ready. */
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
 * The most of each resource that any one node gives to instances, whether it is
 * ready now or not. Of what a node does not tell nothing is said.
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
