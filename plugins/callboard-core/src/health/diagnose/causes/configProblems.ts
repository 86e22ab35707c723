import type { Cause } from '../cause';
import type { Instance, Situation } from '../situation';
import { forContainers } from './forContainers';
import type { CauseRule } from './types';

/** Finds a missing secret, configuration or key: for a variable (state) or for a file (event of the mount). */
export const configProblems: CauseRule = (situation: Situation) => [
  ...forContainers(situation, container => {
    if (container.waiting?.reason !== 'CreateContainerConfigError')
      return undefined;
    const says = container.waiting.message;
    const cause = readMissing(says) ?? {
      code: 'configuration-invalid' as const,
      says: says.replace(/ \(pod: [^)]{0,400}\)/, ''),
    };
    return { cause, withOutput: false, isCertain: true };
  }),
  ...situation.instances.flatMap(instance => mountProblems(instance)),
];

function mountProblems(instance: Instance) {
  if (instance.isLeaving || !isWaitingToBeSetUp(instance)) return [];
  const event = instance.events
    .filter(
      ({ reason }) =>
        reason === 'FailedMount' || reason === 'FailedAttachVolume',
    )
    .pop();
  if (!event) return [];
  const cause: Cause = readMissing(event.message) ?? {
    code: 'volume-not-ready',
    says: event.message,
  };
  return [
    {
      cause,
      workload: instance.workload,
      instance: instance.name,
      since: event.first,
      withOutput: false,
      isCertain: true,
    },
  ];
}

function isWaitingToBeSetUp(instance: Instance): boolean {
  return instance.containers.every(
    ({ isRunning, restarts, ended }) =>
      !isRunning && restarts === 0 && ended === undefined,
  );
}

/** Reads the messages in which kubelet names missing objects. Source: kubernetes pkg/kubelet, pkg/volume (1.36). */
function readMissing(says: string): Cause | undefined {
  const keyIn =
    /couldn't find key (\S+) in (Secret|ConfigMap) [^/\s]*\/?(\S+)/i.exec(says);
  if (keyIn)
    return {
      code: 'missing-key',
      what: wordFor(keyIn[2]),
      name: keyIn[3],
      key: keyIn[1],
    };
  const keyOfFile = /references non-existent (secret|config) key: (\S+)/i.exec(
    says,
  );
  if (keyOfFile) {
    return {
      code: 'missing-key',
      what: wordFor(keyOfFile[1]),
      name: volumeIn(says),
      key: keyOfFile[2],
    };
  }
  const whole = /(secret|configmap) "([^"]{1,253})" not found/i.exec(says);
  if (whole)
    return { code: 'missing-object', what: wordFor(whole[1]), name: whole[2] };
  return undefined;
}

function wordFor(kind: string): 'secret' | 'configuration' {
  return kind.toLowerCase() === 'secret' ? 'secret' : 'configuration';
}

function volumeIn(says: string): string {
  return /for volume "([^"]{1,253})"/.exec(says)?.[1] ?? 'volume';
}
