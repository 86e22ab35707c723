import type { V1Node } from '@kubernetes/client-node';
import type { Health, KubeObject } from '@callboard/plugin-callboard-common';
import { findCondition, readConditions } from '../conditions';
import { readAs } from '../../kubernetes/Untrusted';
import { verdict } from '../verdict';

const PRESSURES: Readonly<Record<string, string>> = {
  MemoryPressure: 'memory',
  DiskPressure: 'disk',
  PIDPressure: 'processes',
};

/** Health of a node: silent is Unknown, not ready or short of something is Degraded, cordoned is Suspended. */
export function judgeNode(object: KubeObject): Health {
  const node = readAs<V1Node>(object);
  const ready = findCondition(object, 'Ready');
  if (!ready || ready.status === 'Unknown') {
    return verdict(
      'Unknown',
      ready?.reason || 'NeverSeen',
      'The node does not report any more',
    );
  }
  if (ready.status !== 'True')
    return verdict(
      'Degraded',
      ready.reason || 'NotReady',
      'The node is not ready',
    );
  const short = readConditions(object).find(
    ({ type, status }) => PRESSURES[type] !== undefined && status === 'True',
  );
  if (short)
    return verdict(
      'Degraded',
      short.type,
      `The node runs short of ${PRESSURES[short.type]}`,
    );
  return node.spec?.unschedulable === true
    ? verdict('Suspended', 'Cordoned', 'The node is cordoned')
    : verdict('Healthy', 'Ready', 'The node is ready');
}
