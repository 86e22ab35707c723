import type { V1ContainerStatus, V1Pod } from '@kubernetes/client-node';
import {
  type Health,
  type KubeObject,
  readReportedReason,
} from '@callboard/plugin-callboard-common';
import { findCondition } from '../conditions';
import {
  type Untrusted,
  membersOf,
  numberOf,
  readAs,
  textOf,
} from '../../kubernetes/Untrusted';
import { verdict } from '../verdict';

/**
 * Judges one instance.
 *
 * @remarks Source: gitops-engine pkg/health of Argo CD 3.5. In addition, init
 *   containers and an invalid image name count as Degraded too: neither gets
 *   better by waiting.
 */
export function judgePod(object: KubeObject): Health {
  const pod = readAs<V1Pod>(object);
  const stuck = findStuckContainer(pod);
  if (stuck) return verdict('Degraded', stuck.reason, stuck.message);
  switch (textOf(pod.status?.phase)) {
    case 'Pending':
      return judgePending(pod);
    case 'Succeeded':
      return verdict('Healthy', 'Completed', 'Ran to its end');
    case 'Failed':
      return judgeFailed(pod);
    case 'Running':
      return judgeRunning(pod);
    default:
      return verdict(
        'Unknown',
        'UnknownPhase',
        'The cluster does not say how this instance is',
      );
  }
}

/** Words for the reasons for which a cluster does not start a container. */
const WAITING_WORDS: Readonly<Record<string, string>> = {
  CrashLoopBackOff:
    'It keeps ending; the cluster waits before it starts it again',
  ImagePullBackOff: 'Its image cannot be fetched',
  ErrImagePull: 'Its image cannot be fetched',
  ErrImageNeverPull: 'Its image is not on the machine and must not be fetched',
  InvalidImageName: 'The name of its image cannot be read',
  CreateContainerConfigError: 'Its configuration is incomplete',
  CreateContainerError: 'It cannot be set up',
  RunContainerError: 'It cannot be started',
};

function findStuckContainer(
  pod: Untrusted<V1Pod>,
): Pick<Health, 'reason' | 'message'> | undefined {
  const ownStatuses =
    textOf(pod.spec?.restartPolicy) === 'Always' ||
    textOf(pod.spec?.restartPolicy) === undefined
      ? statusesOf(pod)
      : [];
  for (const status of ownStatuses) {
    const reason = textOf(status.state?.waiting?.reason) ?? '';
    if (isStuckReason(reason)) {
      return {
        reason: readReportedReason(reason) ?? 'Failed',
        message: WAITING_WORDS[reason] ?? `It cannot start: ${reason}`,
      };
    }
  }
  return undefined;
}

function isStuckReason(reason: string): boolean {
  return (
    reason.startsWith('Err') ||
    reason.endsWith('Error') ||
    reason.endsWith('BackOff') ||
    reason === 'InvalidImageName'
  );
}

function judgePending(pod: Untrusted<V1Pod>): Health {
  const scheduled = findCondition(pod, 'PodScheduled');
  return scheduled?.reason === 'Unschedulable'
    ? verdict(
        'Progressing',
        'Unschedulable',
        'It fits on no machine of the cluster',
      )
    : verdict('Progressing', 'Starting', 'It is starting');
}

function judgeFailed(pod: Untrusted<V1Pod>): Health {
  const reason = textOf(pod.status?.reason);
  if (reason !== undefined)
    return verdict(
      'Degraded',
      readReportedReason(reason) ?? 'Failed',
      `It was ended by the cluster: ${reason}`,
    );
  const ended = statusesOf(pod)
    .map(status => status.state?.terminated)
    .find(terminated => (numberOf(terminated?.exitCode) ?? 0) !== 0);
  if (!ended) return verdict('Degraded', 'Failed', 'It failed');
  return textOf(ended.reason) === 'OOMKilled'
    ? verdict('Degraded', 'OOMKilled', 'It needed more memory than it may have')
    : verdict(
        'Degraded',
        'Failed',
        `It ended with exit code ${numberOf(ended.exitCode)}`,
      );
}

function judgeRunning(pod: Untrusted<V1Pod>): Health {
  const policy = textOf(pod.spec?.restartPolicy) ?? 'Always';
  if (policy !== 'Always')
    return verdict(
      'Progressing',
      'Running',
      'It runs and has not reached its end',
    );
  if (findCondition(pod, 'Ready')?.status === 'True')
    return verdict('Healthy', 'Ready', 'It is ready');
  // A container that went down with its node (reason `Unknown`) starts as if for the first
  // time.
  const hasEnded = membersOf(pod.status?.containerStatuses).some(status => {
    const terminated = status.lastState?.terminated;
    return (
      Object.keys(terminated ?? {}).length > 0 &&
      textOf(terminated?.reason) !== 'Unknown'
    );
  });
  return hasEnded
    ? verdict(
        'Degraded',
        'Restarted',
        'It ended, was started again and is not ready',
      )
    : verdict('Progressing', 'NotReady', 'It runs and is not ready yet');
}

function statusesOf(
  pod: Untrusted<V1Pod>,
): Array<Untrusted<V1ContainerStatus>> {
  return [
    ...membersOf(pod.status?.initContainerStatuses),
    ...membersOf(pod.status?.containerStatuses),
  ];
}
