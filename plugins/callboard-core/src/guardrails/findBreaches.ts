import {
  type GuardRails,
  type ResourceAmounts,
  describeAmount,
  describeTwoAmounts,
  listOf,
} from '@callboard/plugin-callboard-common';
import { parseCpu, parseMemory } from '../quantity';
import { isFromRegistry } from './isFromRegistry';
import type {
  ContainerDemand,
  GuardRailBreach,
  GuardRailDemands,
} from './types';

const MOST_NAMES = 3;
const SHARE_REPLACED = 1 / 4; // the default `maxSurge` of a Deployment

/**
 * Finds the guard rails that an app breaches on clusters that have them. Pure.
 *
 * @param needs - requests of the app on the cluster; its quota is not judged
 *   where omitted
 */
export function findBreaches(
  rails: GuardRails,
  { demands, needs }: { demands: GuardRailDemands; needs?: ResourceAmounts },
): GuardRailBreach[] {
  return [
    ...findUnrestricted(rails, demands),
    ...findUnprotected(rails, demands),
    ...findForeignImages(rails, demands),
    ...findLargeContainers(rails, demands),
    ...(needs ? findExcess(rails, demands, needs) : []),
  ];
}

function findUnrestricted(
  { podSecurity }: GuardRails,
  { unrestricted, isBeforeNetworkPolicies }: GuardRailDemands,
): GuardRailBreach[] {
  if (podSecurity !== 'restricted' || unrestricted.length === 0) return [];
  return [
    {
      why: `pods are held to the level "restricted", and those of ${names(
        unrestricted,
      )} are not`,
      next: isBeforeNetworkPolicies
        ? 'Push again: new releases have restricted pods'
        : 'Remove "podSecurity: baseline" from spec.deploy in app.yaml',
    },
  ];
}

function findUnprotected(
  { network }: GuardRails,
  { isBeforeNetworkPolicies }: GuardRailDemands,
): GuardRailBreach[] {
  if (network !== 'default-deny' || !isBeforeNetworkPolicies) return [];
  return [
    {
      why: 'traffic is denied unless a network policy allows it, and the release was made before workloads had one',
      next: 'Push again: new releases have network policies',
    },
  ];
}

function findForeignImages(
  { registries }: GuardRails,
  { images }: GuardRailDemands,
): GuardRailBreach[] {
  const foreign = images.filter(image =>
    registries?.every(each => !isFromRegistry(image, each)),
  );
  if (!registries || foreign.length === 0) return [];
  return [
    {
      why: `images come from ${names(registries, 'or')} only, not ${names(
        foreign,
      )}`,
      next: `Copy the image to ${registries[0]}, and name it there`,
    },
  ];
}

const AMOUNTS = [
  { resource: 'cpuMillicores', field: 'cpu', noun: 'CPU', parse: parseCpu },
  {
    resource: 'memoryBytes',
    field: 'memory',
    noun: 'memory',
    parse: parseMemory,
  },
] as const;

function findLargeContainers(
  { containers: limits }: GuardRails,
  { containers }: GuardRailDemands,
): GuardRailBreach[] {
  return AMOUNTS.flatMap(({ resource, field, noun, parse }) => {
    const most = parse(limits?.max?.[field]);
    const [largest] = [...containers].sort(
      (a, b) => (b[resource] ?? 0) - (a[resource] ?? 0),
    );
    const asked = largest?.[resource];
    if (most === undefined || asked === undefined || asked <= most) return [];
    const [is, may] = describeTwoAmounts(resource, [asked, most]);
    return [
      {
        why: `a container may have ${may} of ${noun}, and ${describeContainer(
          largest,
        )} asks for ${is}`,
        next: `Set resources.limits.${field} and resources.requests.${field} in score.yaml to ${may} at most`,
      },
    ];
  });
}

function describeContainer({ workload, container }: ContainerDemand): string {
  return `"${container}" of "${workload}"`;
}

/** While one release replaces another there are more instances than its replicas. */
function findExcess(
  { quota = {} }: GuardRails,
  { instances }: GuardRailDemands,
  needs: ResourceAmounts,
): GuardRailBreach[] {
  return (
    [
      ['pods', 'pods', quota.pods, 'instances', parseMemory],
      ['cpuMillicores', 'cpu', quota['requests.cpu'], 'CPU', parseCpu],
      [
        'memoryBytes',
        'memory',
        quota['requests.memory'],
        'memory',
        parseMemory,
      ],
    ] as const
  ).flatMap(([resource, field, hard, noun, parse]) => {
    const most = parse(hard);
    const own = needs[resource] ?? 0;
    if (most === undefined || own === 0) return [];
    const asked =
      own + Math.max(instances[resource], Math.ceil(own * SHARE_REPLACED));
    if (asked <= most) return [];
    const say = (amount: number) =>
      resource === 'pods'
        ? `${amount} ${noun}`
        : `${describeAmount(resource, amount)} of ${noun}`;
    return [
      {
        why: `an app may take ${say(
          most,
        )} in an environment, and it takes ${say(
          asked,
        )} while a release replaces another`,
        next:
          field === 'pods'
            ? 'Run fewer replicas, or ask the platform team for more'
            : `Lower resources.requests.${field} or the number of replicas, or ask the platform team for more`,
      },
    ];
  });
}

function names(all: readonly string[], word?: 'or'): string {
  return listOf(
    all.map(name => `"${name}"`),
    MOST_NAMES,
    word,
  );
}
