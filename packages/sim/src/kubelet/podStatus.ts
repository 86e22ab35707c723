import { timestamp } from '../clock';
import type { Condition, Pod, PodStatus } from '../kinds';
import type { ContainerRun } from './ContainerRun';

export interface PodFacts {
  init: readonly ContainerRun[];
  containers: readonly ContainerRun[];
  podIp: string;
  hostIp: string;
  startTime: string;
}

/**
 * Computes a pod's status from its containers. Source: kubernetes
 * pkg/kubelet/kubelet_pods.go getPhase, status/generate.go.
 */
export function podStatus(pod: Pod, facts: PodFacts, now: Date): PodStatus {
  const phase = phaseOf(pod, facts);
  const { podIp, hostIp, startTime } = facts;
  const hasStarted =
    facts.init.length > 0 ||
    facts.containers.some(
      ({ state }) => state.waiting?.reason !== 'ContainerCreating',
    );
  return {
    conditions: conditionsOf(pod, { ...facts, phase }, now),
    containerStatuses: byName(facts.containers),
    ...(facts.init.length > 0
      ? { initContainerStatuses: byName(facts.init) }
      : {}),
    hostIP: hostIp,
    hostIPs: [{ ip: hostIp }],
    observedGeneration: pod.metadata.generation,
    phase,
    ...(hasStarted ? { podIP: podIp, podIPs: [{ ip: podIp }] } : {}),
    qosClass: pod.status.qosClass,
    startTime,
  };
}

function byName(runs: readonly ContainerRun[]) {
  return runs.map(run => run.status());
}

function phaseOf({ spec }: Pod, { init, containers }: PodFacts): string {
  const failedInit = init.some(
    run =>
      !run.isSidecar && run.isFinished && run.state.terminated?.exitCode !== 0,
  );
  if (failedInit) return 'Failed';
  if (init.some(({ hasLetOthersStart }) => !hasLetOthersStart))
    return 'Pending';
  if (
    containers.every(({ isFinished }) => isFinished) &&
    spec.restartPolicy !== 'Always'
  ) {
    return containers.every(({ state }) => state.terminated?.exitCode === 0)
      ? 'Succeeded'
      : 'Failed';
  }
  const hasNeverRun = (run: ContainerRun) =>
    run.state.waiting !== undefined &&
    run.status().lastState.terminated === undefined;
  return containers.some(hasNeverRun) ? 'Pending' : 'Running';
}

function conditionsOf(
  pod: Pod,
  { init, containers, phase }: PodFacts & { phase: string },
  now: Date,
): Condition[] {
  const waitingInit = init
    .filter(({ hasLetOthersStart }) => !hasLetOthersStart)
    .map(({ name }) => name);
  const isInitialized = waitingInit.length === 0;
  const sidecars = init.filter(({ isSidecar }) => isSidecar);
  const unready = [...sidecars, ...containers]
    .filter(({ isReady }) => !isReady)
    .map(({ name }) => name);
  const isOver = phase === 'Succeeded' || phase === 'Failed';
  const readiness = describeReadiness({ unready, phase });
  const isSandboxUp =
    !isOver &&
    containers.some(
      ({ state }) => state.waiting?.reason !== 'ContainerCreating',
    );
  const initialized = isInitialized
    ? {
        status: 'True',
        ...(phase === 'Succeeded' ? { reason: 'PodCompleted' } : {}),
      }
    : {
        status: 'False',
        reason: 'ContainersNotInitialized',
        message: `containers with incomplete status: [${waitingInit.join(
          ' ',
        )}]`,
      };
  return [
    write(
      pod,
      {
        type: 'PodReadyToStartContainers',
        status: isSandboxUp ? 'True' : 'False',
      },
      now,
    ),
    write(pod, { type: 'Initialized', ...initialized }, now),
    write(pod, { type: 'Ready', ...readiness }, now),
    write(pod, { type: 'ContainersReady', ...readiness }, now),
    write(pod, { type: 'PodScheduled', status: 'True' }, now),
  ];
}

function describeReadiness({
  unready,
  phase,
}: {
  unready: readonly string[];
  phase: string;
}): Omit<Condition, 'type'> {
  if (phase === 'Succeeded') return { status: 'False', reason: 'PodCompleted' };
  if (phase === 'Failed') return { status: 'False', reason: 'PodFailed' };
  if (unready.length === 0) return { status: 'True' };
  return {
    status: 'False',
    reason: 'ContainersNotReady',
    message: `containers with unready status: [${unready.join(' ')}]`,
  };
}

function write(
  { status, metadata }: Pod,
  condition: Condition,
  now: Date,
): Condition {
  const before = status.conditions?.find(({ type }) => type === condition.type);
  const lastTransitionTime =
    before?.status === condition.status
      ? before.lastTransitionTime
      : timestamp(now);
  return {
    ...condition,
    lastProbeTime: null,
    lastTransitionTime,
    observedGeneration: metadata.generation,
  };
}
