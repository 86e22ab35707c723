import type { Health, KubeObject } from '@callboard/plugin-callboard-common';
import { findCondition } from '../conditions';
import { type Fields, fieldsAt, listAt, numberAt, textAt } from '../fields';
import { verdict } from '../verdict';

/**
 * Health of one instance.
 *
 * @remarks Source: gitops-engine pkg/health of Argo CD 3.5. Beyond it, what runs before the start (init
 * containers) and an image name nobody can read count as Degraded too: neither gets better by waiting.
 */
export function judgePod(object: KubeObject): Health {
  const stuck = findStuckContainer(object);
  if (stuck) return verdict('Degraded', stuck.reason, stuck.message);
  switch (textAt(object, 'status', 'phase')) {
    case 'Pending':
      return judgePending(object);
    case 'Succeeded':
      return verdict('Healthy', 'Completed', 'Ran to its end');
    case 'Failed':
      return judgeFailed(object);
    case 'Running':
      return judgeRunning(object);
    default:
      return verdict(
        'Unknown',
        'UnknownPhase',
        'The cluster does not say how this instance is',
      );
  }
}

/** Words for the reasons with which a cluster holds a container back. */
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
  object: KubeObject,
): { reason: string; message: string } | undefined {
  const ownStatuses =
    textAt(object, 'spec', 'restartPolicy') === 'Always' ||
    textAt(object, 'spec', 'restartPolicy') === undefined
      ? [
          ...listAt(object, 'status', 'initContainerStatuses'),
          ...listAt(object, 'status', 'containerStatuses'),
        ]
      : [];
  for (const status of ownStatuses) {
    const reason = textAt(status, 'state', 'waiting', 'reason') ?? '';
    if (isStuckReason(reason)) {
      return {
        reason,
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

function judgePending(object: KubeObject): Health {
  const scheduled = findCondition(object, 'PodScheduled');
  return scheduled?.reason === 'Unschedulable'
    ? verdict(
        'Progressing',
        'Unschedulable',
        'It fits on no machine of the cluster',
      )
    : verdict('Progressing', 'Starting', 'It is starting');
}

function judgeFailed(object: KubeObject): Health {
  const reason = textAt(object, 'status', 'reason');
  if (reason !== undefined)
    return verdict(
      'Degraded',
      reason,
      `It was ended by the cluster: ${reason}`,
    );
  const ended = statusesOf(object)
    .map(status => fieldsAt(status, 'state', 'terminated'))
    .find(terminated => (numberAt(terminated, 'exitCode') ?? 0) !== 0);
  if (!ended) return verdict('Degraded', 'Failed', 'It failed');
  return textAt(ended, 'reason') === 'OOMKilled'
    ? verdict('Degraded', 'OOMKilled', 'It needed more memory than it may have')
    : verdict(
        'Degraded',
        'Failed',
        `It ended with exit code ${numberAt(ended, 'exitCode')}`,
      );
}

function judgeRunning(object: KubeObject): Health {
  const policy = textAt(object, 'spec', 'restartPolicy') ?? 'Always';
  if (policy !== 'Always')
    return verdict(
      'Progressing',
      'Running',
      'It runs and has not reached its end',
    );
  if (findCondition(object, 'Ready')?.status === 'True')
    return verdict('Healthy', 'Ready', 'It is ready');
  // What went down with its node (reason `Unknown`) starts as if for the first time.
  const hasEnded = listAt(object, 'status', 'containerStatuses').some(
    status => {
      const terminated = fieldsAt(status, 'lastState', 'terminated');
      return (
        Object.keys(terminated).length > 0 &&
        textAt(terminated, 'reason') !== 'Unknown'
      );
    },
  );
  return hasEnded
    ? verdict(
        'Degraded',
        'Restarted',
        'It ended, was started again and is not ready',
      )
    : verdict('Progressing', 'NotReady', 'It runs and is not ready yet');
}

function statusesOf(object: KubeObject): Fields[] {
  return [
    ...listAt(object, 'status', 'initContainerStatuses'),
    ...listAt(object, 'status', 'containerStatuses'),
  ];
}
