import type { KubeObject } from '@callboard/plugin-callboard-common';
import { findCondition } from '../../conditions';
import { numberAt } from '../../fields';
import type { Cause } from '../cause';
import { type ClusterEvent, type Situation, workloadOf } from '../situation';
import type { CauseRule } from './types';

const STILL_TRUE_MS = 10 * 60_000; // an older refusal of an object that was not observed may no longer hold

/** Finds refusals to create instances: a quota, an admission rule, or another rule. */
export const refusals: CauseRule = (situation: Situation) => {
  const fromEvents = situation.events
    .filter(
      event =>
        event.reason === 'FailedCreate' &&
        event.kind !== 'Pod' &&
        isStillTrue(event, situation),
    )
    .map(event => ({
      says: event.message,
      since: event.first,
      workload: workloadNamed(event, situation),
    }));
  const fromConditions = situation.owners.flatMap(owner => {
    const failure = findCondition(owner, 'ReplicaFailure');
    return failure?.status === 'True'
      ? [
          {
            says: failure.message,
            since: failure.since,
            workload: workloadOf(owner),
          },
        ]
      : [];
  });
  return [...fromConditions, ...fromEvents].map(
    ({ says, since, workload }) => ({
      cause: readRefusal(says),
      workload,
      since,
      withOutput: false,
      isCertain: true,
    }),
  );
};

function readRefusal(says: string): Cause {
  const quota =
    /exceeded quota: ([\w.-]{1,253}), requested: (.{1,200}?), used: (.{1,200}?), limited: (.{1,200})$/s.exec(
      says,
    );
  if (quota) {
    return {
      code: 'quota-exceeded',
      quota: quota[1],
      requested: quota[2],
      used: quota[3],
      limited: quota[4].trim(),
    };
  }
  const webhook =
    /admission webhook "([^"]{1,253})" denied the request:? ?([\s\S]{0,500})/.exec(
      says,
    );
  if (webhook)
    return {
      code: 'admission-refused',
      rule: webhook[1],
      says: webhook[2].trim(),
    };
  const policy =
    /ValidatingAdmissionPolicy '([^']{1,253})'[^:]{0,300}denied request: ([\s\S]{0,500})/.exec(
      says,
    );
  if (policy)
    return {
      code: 'admission-refused',
      rule: policy[1],
      says: policy[2].trim(),
    };
  const security = /violates PodSecurity "([^"]{1,100})": ([\s\S]{0,500})/.exec(
    says,
  );
  if (security)
    return {
      code: 'admission-refused',
      rule: `PodSecurity ${security[1]}`,
      says: security[2].trim(),
    };
  const forbidden = /is forbidden: ([\s\S]{0,500})/.exec(says);
  if (forbidden)
    return { code: 'admission-refused', says: forbidden[1].trim() };
  return { code: 'instances-refused', says: says.slice(0, 500) };
}

function isStillTrue(event: ClusterEvent, { owners, now }: Situation): boolean {
  const owner = owners.find(
    ({ kind, metadata }) => kind === event.kind && metadata.name === event.name,
  );
  if (owner) return isShort(owner);
  return (
    event.last !== undefined &&
    now.getTime() - event.last.getTime() < STILL_TRUE_MS
  );
}

/** Returns whether an owner has fewer instances than desired. */
function isShort(owner: KubeObject): boolean {
  if (owner.kind === 'DaemonSet') {
    return (
      (numberAt(owner, 'status', 'currentNumberScheduled') ?? 0) <
      (numberAt(owner, 'status', 'desiredNumberScheduled') ?? 0)
    );
  }
  if (owner.kind === 'Job')
    return (
      (numberAt(owner, 'status', 'active') ?? 0) === 0 &&
      !numberAt(owner, 'status', 'succeeded')
    );
  return (
    (numberAt(owner, 'status', 'replicas') ?? 0) <
    (numberAt(owner, 'spec', 'replicas') ?? 1)
  );
}

function workloadNamed(
  event: ClusterEvent,
  { owners }: Situation,
): string | undefined {
  const owner = owners.find(
    ({ kind, metadata }) => kind === event.kind && metadata.name === event.name,
  );
  return owner && workloadOf(owner);
}
