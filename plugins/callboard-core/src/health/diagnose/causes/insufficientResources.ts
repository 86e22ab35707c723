import {
  describeAmount,
  type KubeObject,
} from '@callboard/plugin-callboard-common';
import { findCondition } from '../../conditions';
import { listAt, valueAt } from '../../fields';
import { readAmount } from '../amounts';
import type { Cause, ShortResource, UnfitReason } from '../cause';
import type { Instance, Situation } from '../situation';
import type { CauseRule } from './types';

/** Finds instances that no node of the cluster can take: which resource is short, or which rule keeps them off. */
export const insufficientResources: CauseRule = (situation: Situation) =>
  situation.instances.flatMap(instance => {
    const scheduled = findCondition(instance.pod, 'PodScheduled');
    if (
      instance.isLeaving ||
      scheduled?.status !== 'False' ||
      scheduled.reason !== 'Unschedulable'
    )
      return [];
    return [
      {
        cause: judgeRefusal(scheduled.message, instance, situation),
        workload: instance.workload,
        instance: instance.name,
        since: scheduled.since,
        withOutput: false,
        isCertain: true,
      },
    ];
  });

/** Source: the scheduler's "0/3 nodes are available: 2 Insufficient cpu, 1 …" (kubernetes pkg/scheduler/framework). */
function judgeRefusal(
  message: string,
  instance: Instance,
  situation: Situation,
): Cause {
  const says = message
    .split(/\.? ?(?:no new claims to deallocate|preemption:)/)[0]
    .slice(0, 1_000);
  const nodes = Number(/^0\/(\d{1,6}) nodes/.exec(says)?.[1] ?? 0);
  if (
    /unbound immediate PersistentVolumeClaims|persistentvolumeclaim "[^"]*" not found/.test(
      says,
    )
  ) {
    return { code: 'volume-not-ready', says: firstSentence(says) };
  }
  const names = new Set(
    [...says.matchAll(/Insufficient ([\w./-]{1,100})/g)].map(match =>
      match[1].replace(/[.,]$/, ''),
    ),
  );
  if (/Too many pods/.test(says)) names.add('pods');
  if (names.size === 0) {
    return {
      code: 'no-fitting-node',
      nodes,
      because: judgeFit(says),
      says: afterColon(says),
    };
  }
  return {
    code: 'insufficient-resources',
    nodes,
    shortOf: [...names]
      .sort()
      .map(name => readShortage(name, instance, situation)),
    says: afterColon(says),
  };
}

/** Returns why no node may take it, where the scheduler gives one reason for most nodes. */
function judgeFit(says: string): UnfitReason {
  if (/anti-affinity/.test(says)) return 'wants-its-own';
  if (/free ports/.test(says)) return 'port-taken';
  if (/node affinity|node selector|node\(s\) didn't match/i.test(says))
    return 'wants-a-label';
  if (/untolerated taint/.test(says)) return 'reserved';
  return /unschedulable/.test(says) ? 'closed' : 'other';
}

function readShortage(
  resource: string,
  instance: Instance,
  situation: Situation,
): ShortResource {
  if (resource === 'pods') return { resource };
  const requested = instance.containers
    .filter(container => !container.isBeforeStart)
    .reduce(
      (sum, container) =>
        sum +
        (readAmount(
          resource,
          valueAt(container.spec, 'resources', 'requests', resource),
        ) ?? 0),
      0,
    );
  const free = situation.nodes
    .filter(node => valueAt(node, 'spec', 'unschedulable') !== true)
    .map(node => freeOn(node, resource, situation));
  return {
    resource,
    ...(requested > 0 && { requested: describeAmount(resource, requested) }),
    ...(free.length > 0 && {
      largestFree: describeAmount(resource, Math.max(0, ...free)),
    }),
  };
}

/** Amount that the node offers, less the requests of the observed instances: an upper bound. */
function freeOn(
  node: KubeObject,
  resource: string,
  situation: Situation,
): number {
  const offered =
    readAmount(resource, valueAt(node, 'status', 'allocatable', resource)) ?? 0;
  const taken = situation.instances
    .filter(instance => instance.node === node.metadata.name)
    .flatMap(instance => listAt(instance.pod, 'spec', 'containers'))
    .reduce(
      (sum, spec) =>
        sum +
        (readAmount(
          resource,
          valueAt(spec, 'resources', 'requests', resource),
        ) ?? 0),
      0,
    );
  return offered - taken;
}

function afterColon(says: string): string {
  const colon = says.indexOf(': ');
  return (colon < 0 ? says : says.slice(colon + 2)).replace(/\.\s*$/, '');
}

function firstSentence(says: string): string {
  return afterColon(says).split(/\. /)[0];
}
