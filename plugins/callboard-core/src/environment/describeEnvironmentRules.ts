import {
  type AddressVia,
  type ClusterPredicate,
  type EnvironmentFile,
  type EnvironmentRule,
  type PlacementSpec,
  type ReplicaScheduling,
  type RolloutSpec,
  type SelectorRequirement,
  countOf,
  describeDuration,
  listOf,
  pluralOf,
} from '@callboard/plugin-callboard-common';
import { describeCalendar } from '../changes';
import { type Size, readStrategy } from '../rollout';
import { describeEntity } from '../summary/describeEntity';
import { failoverAfter } from './failoverAfter';

/** Topics of the rules of an environment, in the order in which a release meets them. */
const TOPICS = [
  'releases',
  'clusters',
  'replicas',
  'rollout',
  'failover',
  'addresses',
  'limits',
] as const satisfies readonly EnvironmentRule['topic'][];

const MOST_NAMED = 8; // values of one requirement, or patched fields

/**
 * Describes the rules of a platform's environment for every app, one sentence
 * for each, in the order in which a release meets them. Apps may narrow them.
 *
 * @param titleOf - of the environments of the platform, by name
 */
export function describeEnvironmentRules(
  { spec }: EnvironmentFile,
  titleOf: (environment: string) => string,
  now: Date,
): EnvironmentRule[] {
  const rules: Record<EnvironmentRule['topic'], string[]> = {
    releases: [describeReleases(spec.promotion, titleOf)],
    clusters: describeClusters(spec.placement),
    replicas: [describeReplicas(spec)],
    rollout: [
      describeRolloutSpec(spec.rollout),
      ...describeCalendar(spec.changes, now),
    ],
    failover: [describeFailover(spec)],
    addresses: describeAddresses(spec.addresses),
    limits: describeLimits(spec.allows),
  };
  return TOPICS.flatMap(topic => rules[topic].map(says => ({ topic, says })));
}

function describeReleases(
  promotion: EnvironmentFile['spec']['promotion'],
  titleOf: (environment: string) => string,
): string {
  const { from, approval } = promotion ?? {};
  const way =
    from === undefined
      ? 'Every push arrives here'
      : `A release is promoted here from ${titleOf(from)}`;
  return approval === undefined
    ? way
    : `${way}, once ${describeEntity(approval)} approves`;
}

function describeClusters(placement: PlacementSpec): string[] {
  const { numberOfClusters, clusterSets, predicates, spreadPolicy } = placement;
  const { tolerations = [] } = placement;
  return [
    numberOfClusters === undefined
      ? 'Runs on every cluster that fits'
      : `Runs on ${countOf(numberOfClusters, 'cluster')}`,
    ...(clusterSets && clusterSets.length > 0
      ? [`Only clusters of the set ${listOf(clusterSets, MOST_NAMED, 'or')}`]
      : []),
    ...(predicates && predicates.length > 0
      ? [
          `Only clusters with ${predicates
            .map(describePredicate)
            .join('; or with ')}`,
        ]
      : []),
    ...(spreadPolicy?.spreadConstraints ?? []).map(
      ({ topologyKey, maxSkew = 1, whenUnsatisfiable }) =>
        `Spread over ${topologyKey}: at most ${maxSkew} more in one than in another${
          whenUnsatisfiable === 'DoNotSchedule' ? '' : ', as far as possible'
        }`,
    ),
    ...tolerations.map(
      ({ key, value }) =>
        `Also clusters that are reserved by the taint ${
          key === undefined ? '*' : key
        }${value === undefined ? '' : `=${value}`}`,
    ),
  ];
}

function describePredicate({
  requiredClusterSelector = {},
}: ClusterPredicate): string {
  const { labelSelector, claimSelector, celSelector } = requiredClusterSelector;
  const parts = [
    ...Object.entries(labelSelector?.matchLabels ?? {}).map(
      ([key, value]) => `label ${key} = ${value}`,
    ),
    ...(labelSelector?.matchExpressions ?? []).map(requirement =>
      describeRequirement('label', requirement),
    ),
    ...(claimSelector?.matchExpressions ?? []).map(requirement =>
      describeRequirement('claim', requirement),
    ),
    ...(celSelector?.celExpressions ?? []).map(
      expression => `the expression ${expression}`,
    ),
  ];
  return parts.length === 0 ? 'anything' : parts.join(' and ');
}

function describeRequirement(
  noun: 'label' | 'claim',
  { key, operator, values = [] }: SelectorRequirement,
): string {
  switch (operator) {
    case 'In':
      return `${noun} ${key} = ${listOf(values, MOST_NAMED, 'or')}`;
    case 'NotIn':
      return `${noun} ${key} other than ${listOf(values, MOST_NAMED, 'or')}`;
    case 'Exists':
      return `a ${noun} ${key}`;
    default:
      return `no ${noun} ${key}`;
  }
}

function describeReplicas({
  replicas = 1,
  placement: { replicaScheduling },
}: EnvironmentFile['spec']): string {
  const count = countOf(replicas, 'instance');
  if (
    !replicaScheduling ||
    replicaScheduling.replicaSchedulingType === 'Duplicated'
  )
    return `Each workload has ${count} on each cluster`;
  return `Each workload has ${count} in all, divided over its clusters ${nameDivision(
    replicaScheduling,
  )}`;
}

function nameDivision({
  replicaDivisionPreference,
  weightPreference,
}: ReplicaScheduling): string {
  if (replicaDivisionPreference === 'Aggregated') return 'on few of them';
  if (weightPreference?.dynamicWeight) return 'by free capacity';
  return weightPreference?.staticWeightList ? 'by weights' : 'evenly';
}

function describeRolloutSpec(rollout: RolloutSpec | undefined): string {
  const strategy = readStrategy(rollout);
  if (!strategy.ok) return `Nothing is rolled out: ${strategy.problem.why}`;
  const { type, maxConcurrency, minSuccessMs, deadlineMs, maxFailures } =
    strategy.value;
  return [
    nameOrder(type, maxConcurrency),
    ...(minSuccessMs > 0
      ? [`each runs it for ${describeDuration(minSuccessMs)} before the next`]
      : []),
    ...(deadlineMs === undefined
      ? []
      : [`what takes over ${describeDuration(deadlineMs)} has failed`]),
    ...(type === 'All' ? [] : [nameBudget(maxFailures)]),
  ].join('; ');
}

function nameOrder(type: RolloutSpec['type'], atATime: Size): string {
  if (type === 'ProgressivePerGroup')
    return 'A release goes from one group of clusters to the next';
  return type === 'All' || isNone(atATime)
    ? 'A release goes to all clusters at once'
    : `A release goes to ${nameSize(atATime, 'cluster')} at a time`;
}

function nameBudget(failures: Size): string {
  return isNone(failures)
    ? 'the first that fails stops the rest'
    : `more than ${nameSize(failures, 'failure')} ends it`;
}

function isNone(size: Size): boolean {
  return (size.kind === 'count' ? size.count : size.percent) === 0;
}

function nameSize(size: Size, noun: string): string {
  return size.kind === 'count'
    ? countOf(size.count, noun)
    : `${size.percent} % of the ${pluralOf(2, noun)}`;
}

function describeFailover(spec: EnvironmentFile['spec']): string {
  const seconds = failoverAfter(spec);
  return seconds === undefined
    ? 'What runs on a cluster out of contact stays there'
    : `What runs on a cluster out of contact for ${describeDuration(
        1_000 * seconds,
      )} moves to another`;
}

function describeAddresses(
  addresses: EnvironmentFile['spec']['addresses'],
): string[] {
  if (!addresses) return ['Apps answer where their clusters expose them'];
  const { domain, via, tls, hosts = [] } = addresses;
  const scheme = tls?.type === 'None' ? 'http' : 'https';
  return [
    `Apps answer at ${scheme}://APP.${domain}, ${nameVia(via)}`,
    ...(tls?.type === 'CertManager'
      ? [`Certificates are of cert-manager, issuer ${tls.issuer}`]
      : []),
    ...(hosts.length > 0
      ? [`Apps may ask for ${listOf(hosts, MOST_NAMED, 'or')}`]
      : []),
  ];
}

function nameVia(via: AddressVia): string {
  switch (via.type) {
    case 'Gateway':
      return via.name === undefined
        ? 'through the gateway of each cluster'
        : `through the gateway ${via.name}`;
    case 'Ingress':
      return via.class === undefined
        ? 'by ingresses'
        : `by ingresses of class ${via.class}`;
    case 'LoadBalancer':
      return 'by load balancers';
    default:
      return 'by ports of the nodes';
  }
}

function describeLimits(allows: EnvironmentFile['spec']['allows']): string[] {
  if (!allows) return [];
  const { patches, resources, replicas } = allows;
  const { cpu, memory } = resources?.max ?? {};
  const most = [
    ...(cpu === undefined ? [] : [`${cpu} CPU`]),
    ...(memory === undefined ? [] : [`${memory} of memory`]),
  ];
  return [
    ...(replicas?.max === undefined
      ? []
      : [`A workload has at most ${countOf(replicas.max, 'instance')}`]),
    ...(most.length === 0 ? [] : [`A container gets at most ${listOf(most)}`]),
    ...(patches === undefined
      ? []
      : [
          patches.length === 0
            ? 'Apps may patch no field'
            : `Apps may patch ${listOf(patches, MOST_NAMED)}`,
        ]),
  ];
}
