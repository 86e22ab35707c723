import type { V1Node } from '@kubernetes/client-node';
import {
  type Health,
  type KubeObject,
  readReportedReason,
} from '@callboard/plugin-callboard-common';
import { findCondition, readConditions } from '../conditions';
import { readAs } from '../../kubernetes/Untrusted';
import { verdict } from '../verdict';

const PRESSURES = [
  { reason: 'MemoryPressure', of: 'memory' },
  { reason: 'DiskPressure', of: 'disk' },
  { reason: 'PIDPressure', of: 'processes' },
] as const;

/** Judges a node: without contact is Unknown, not ready or under pressure is Degraded, cordoned is Suspended. */
export function judgeNode(object: KubeObject): Health {
  const node = readAs<V1Node>(object);
  const ready = findCondition(object, 'Ready');
  if (!ready || ready.status === 'Unknown') {
    return verdict(
      'Unknown',
      readReportedReason(ready?.reason ?? '') ?? 'NeverSeen',
      'The node does not report any more',
    );
  }
  if (ready.status !== 'True')
    return verdict(
      'Degraded',
      readReportedReason(ready.reason) ?? 'NotReady',
      'The node is not ready',
    );
  const short = readConditions(object).flatMap(({ type, status }) =>
    status === 'True' ? PRESSURES.filter(({ reason }) => reason === type) : [],
  )[0];
  if (short)
    return verdict(
      'Degraded',
      short.reason,
      `The node runs short of ${short.of}`,
    );
  return node.spec?.unschedulable === true
    ? verdict('Suspended', 'Cordoned', 'The node is cordoned')
    : verdict('Healthy', 'Ready', 'The node is ready');
}
