import type { KubeObject } from '@callboard/plugin-callboard-common';
import { findCondition } from '../../conditions';
import { textAt } from '../../fields';
import type { Occurrence } from '../cause';
import type { Instance, Situation } from '../situation';
import type { CauseRule } from './types';

/** Finds instances whose node is unreachable or not ready, or that were evicted from it. */
export const lostNodes: CauseRule = (situation: Situation) =>
  situation.instances.flatMap((instance): Occurrence[] => {
    const at = {
      workload: instance.workload,
      instance: instance.name,
      withOutput: false,
    };
    const node = situation.nodes.find(
      ({ metadata }) => metadata.name === instance.node,
    );
    const lostSince = node && silentSince(node);
    if (lostSince || isLostByWord(instance)) {
      const since = lostSince || findCondition(instance.pod, 'Ready')?.since;
      return [
        {
          ...at,
          cause: { code: 'node-lost', node: instance.node ?? 'unknown' },
          since,
          isCertain: Boolean(node),
        },
      ];
    }
    if (
      textAt(instance.pod, 'status', 'reason') !== 'Evicted' ||
      instance.isLeaving
    )
      return [];
    const says =
      textAt(instance.pod, 'status', 'message') ??
      'the machine ran short of something';
    return [{ ...at, cause: { code: 'evicted', says }, isCertain: true }];
  });

function silentSince(node: KubeObject): Date | undefined {
  const ready = findCondition(node, 'Ready');
  return ready && ready.status !== 'True'
    ? ready.since ?? new Date(0)
    : undefined;
}

function isLostByWord(instance: Instance): boolean {
  const isRunning = textAt(instance.pod, 'status', 'phase') === 'Running';
  const ready = findCondition(instance.pod, 'Ready');
  return (
    textAt(instance.pod, 'status', 'reason') === 'NodeLost' ||
    (isRunning &&
      ready?.status === 'False' &&
      instance.events.some(({ reason }) => reason === 'NodeNotReady'))
  );
}
