import type { KubeObject } from '@callboard/plugin-callboard-common';
import { readConditions } from '../conditions';
import { listAt, textAt, timeAt } from '../fields';
import type { KnownChange } from './nameChangesBefore';

/** Conditions of a node that report a problem when they are true. */
const PRESSURES: Readonly<Record<string, string>> = {
  MemoryPressure: 'ran short of memory',
  DiskPressure: 'ran short of disk',
  PIDPressure: 'ran short of process numbers',
  NetworkUnavailable: 'lost its network',
};

/** Reads the changes of a node from its conditions: joined, not ready or ready again, under pressure, cordoned. */
export function readNodeChanges(node: KubeObject): KnownChange[] {
  const name = `Machine "${node.metadata.name}"`;
  const joined = timeAt(node, 'metadata', 'creationTimestamp');
  return [
    ...(joined ? [{ at: joined, says: `${name} joined` }] : []),
    ...readConditions(node).flatMap(({ type, status, since }) => {
      const says = describeTurn(type, status);
      return since && says ? [{ at: since, says: `${name} ${says}` }] : [];
    }),
    ...listAt(node, 'spec', 'taints').flatMap(taint => {
      const at = timeAt(taint, 'timeAdded');
      return at && textAt(taint, 'key') === 'node.kubernetes.io/unschedulable'
        ? [{ at, says: `${name} takes no new instances` }]
        : [];
    }),
  ];
}

function describeTurn(type: string, status: string): string | undefined {
  if (type !== 'Ready') return status === 'True' ? PRESSURES[type] : undefined;
  if (status === 'True') return 'turned ready';
  return status === 'False' ? 'turned not ready' : 'stopped reporting';
}
