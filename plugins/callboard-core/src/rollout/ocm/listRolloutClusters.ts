import type {
  ClusterRolloutStatus,
  ListedCluster,
  RolloutAnswer,
  RolloutGroup,
  RolloutQuestion,
  Size,
  Strategy,
} from './types';

interface IndexedGroup {
  index: number;
  clusters: string[];
}

/** One pass over clusters; omitted limits have their default. */
interface Pass {
  strategy: Strategy;
  now: Date;
  groupOf: Map<string, number>;
  /** By index of the group. */
  isMandatory: (index: number) => boolean;
}

interface Listing extends Omit<RolloutAnswer, 'removed' | 'recheckAfterMs'> {
  /** Times until listed clusters time out, with the nanoseconds that a Date cannot hold. */
  waitsMs: number[];
}

const NO_FAILURES: Size = { kind: 'count', count: 0 };

/**
 * Lists the clusters that are rolled out to now: those in progress and the next
 * ones, as far as the strategy allows. Pure; the lists keep the engine's order.
 *
 * Source: open-cluster-management.io/sdk-go
 * pkg/apis/cluster/v1alpha1/rollout.go (1.0), its oddities included: a time-out
 * that arrives counts as failure but is not listed again.
 */
export function listRolloutClusters(
  question: RolloutQuestion,
  now: Date,
): RolloutAnswer {
  const { pass, indexed, current, removed } = prepare(question, now);
  const listing =
    listMandatory(indexed, current, pass) ?? listRest(indexed, current, pass);
  return complete(listing, removed, pass);
}

/** Lists the same while mandatory groups are in progress; undefined where they are done or there are none. */
export function listMandatoryClusters(
  question: RolloutQuestion,
  now: Date,
): RolloutAnswer | undefined {
  const { pass, indexed, current, removed } = prepare(question, now);
  const listing = listMandatory(indexed, current, pass);
  return listing && complete(listing, removed, pass);
}

function prepare(
  { strategy, groups, statuses }: RolloutQuestion,
  now: Date,
): {
  pass: Pass;
  indexed: IndexedGroup[];
  current: ListedCluster[];
  removed: ListedCluster[];
} {
  const indexed = groups.map(({ clusters }, index) => ({
    index,
    clusters: [...new Set(clusters)],
  }));
  const groupOf = new Map(
    indexed.flatMap(({ index, clusters }) =>
      clusters.map(cluster => [cluster, index]),
    ),
  );
  const isMandatory = mandatoryAmong(groups, strategy);
  const pass: Pass = { strategy, now, groupOf, isMandatory };
  const withGroup = (status: ClusterRolloutStatus) => listed(status, pass);
  const current = statuses
    .filter(({ cluster }) => groupOf.has(cluster))
    .map(withGroup);
  const removed = statuses
    .filter(({ cluster }) => !groupOf.has(cluster))
    .map(withGroup);
  return { pass, indexed, current, removed };
}

function complete(
  listing: Listing,
  removed: ListedCluster[],
  pass: Pass,
): RolloutAnswer {
  const { waitsMs, ...rest } = listing;
  const recheckAfterMs = recheckAfter(waitsMs, pass);
  return {
    ...rest,
    removed,
    ...(recheckAfterMs !== undefined && { recheckAfterMs }),
  };
}

function listMandatory(
  indexed: IndexedGroup[],
  current: ListedCluster[],
  pass: Pass,
): Listing | undefined {
  const mandatory = indexed.filter(({ index }) => pass.isMandatory(index));
  if (mandatory.length === 0) return undefined;
  const listing = listPerGroup(mandatory, current, {
    pass,
    maxFailures: NO_FAILURES,
  });
  const isUnderWay = listing.rollout.length > 0 || listing.timeOut.length > 0;
  return isUnderWay ? listing : undefined;
}

function listRest(
  indexed: IndexedGroup[],
  current: ListedCluster[],
  pass: Pass,
): Listing {
  const { strategy } = pass;
  const rest = indexed.filter(({ index }) => !pass.isMandatory(index));
  if (strategy.type === 'ProgressivePerGroup') {
    return listPerGroup(rest, current, {
      pass,
      maxFailures: strategy.maxFailures,
    });
  }
  const all = clustersOf(indexed).length;
  const others = clustersOf(rest).length;
  return listPerCluster(rest, current, {
    pass,
    maxFailures: sizeOf(strategy.maxFailures, all, 0),
    size: sizeOf(strategy.maxConcurrency, others, others),
  });
}

/** Each once, even where it is in several groups. */
function clustersOf(groups: readonly IndexedGroup[]): string[] {
  return [...new Set(groups.flatMap(({ clusters }) => clusters))];
}

function mandatoryAmong(
  groups: readonly RolloutGroup[],
  { mandatory }: Strategy,
): (index: number) => boolean {
  const indexes = new Set(
    mandatory.flatMap(({ name, index }) =>
      groups.flatMap((group, at) =>
        (name === '' ? at === index : group.name === name) ? [at] : [],
      ),
    ),
  );
  return index => indexes.has(index);
}

/** By name over all statuses, then over clusters without a status, up to the maximum concurrency. */
function listPerCluster(
  groups: readonly IndexedGroup[],
  current: readonly ListedCluster[],
  {
    pass,
    maxFailures,
    size,
  }: { pass: Pass; maxFailures: number; size: number },
): Listing {
  const listing: Listing = {
    rollout: [],
    timeOut: [],
    maxFailureBreach: false,
    waitsMs: [],
  };
  let failures = 0;
  for (const status of [...current].sort(byName)) {
    const judged =
      listing.maxFailureBreach && status.status === 'ToApply'
        ? status
        : sort(status, listing, pass);
    if (judged.status === 'TimeOut' || judged.status === 'Failed') {
      failures += 1;
      listing.maxFailureBreach = failures > maxFailures;
    }
    if (listing.rollout.length >= size) return listing;
  }
  if (listing.maxFailureBreach) return listing;
  const known = new Set(current.map(({ cluster }) => cluster));
  const fresh = clustersOf(groups).filter(cluster => !known.has(cluster));
  for (const cluster of fresh.sort(compareText)) {
    listing.rollout.push(listed({ cluster, status: 'ToApply' }, pass));
    if (listing.rollout.length >= size) break;
  }
  return listing;
}

/** First all that were begun, in the given order; then group by group, until one is not done. */
function listPerGroup(
  groups: readonly IndexedGroup[],
  current: readonly ListedCluster[],
  { pass, maxFailures }: { pass: Pass; maxFailures: Size },
): Listing {
  const listing: Listing = {
    rollout: [],
    timeOut: [],
    maxFailureBreach: false,
    waitsMs: [],
  };
  const begun = new Map<string, ListedCluster>();
  for (const status of current) {
    if (status.status !== 'ToApply')
      begun.set(status.cluster, sort(status, listing, pass));
  }
  let failures = 0;
  for (const { index, clusters } of groups) {
    const failed = clusters.filter(cluster => {
      const status = begun.get(cluster)?.status;
      return status === 'TimeOut' || status === 'Failed';
    }).length;
    for (const cluster of [...clusters].sort(compareText)) {
      if (!begun.has(cluster))
        listing.rollout.push({ cluster, status: 'ToApply', group: index });
    }
    failures += failed;
    listing.maxFailureBreach = failed > sizeOf(maxFailures, clusters.length, 0);
    if (listing.rollout.length - failures > 0 || listing.maxFailureBreach)
      return listing;
  }
  return listing;
}

/** Adds a status to its list, and returns its current value. */
function sort(
  status: ListedCluster,
  listing: Listing,
  { strategy, now }: Pass,
): ListedCluster {
  const since = status.lastTransitionTime ?? now;
  switch (status.status) {
    case 'ToApply':
      listing.rollout.push(status);
      return status;
    case 'Succeeded':
      if (now.getTime() - since.getTime() < strategy.minSuccessMs)
        listing.rollout.push(status);
      return status;
    case 'TimeOut':
    case 'Skip':
      return status;
    default:
      return sortUnderDeadline(status, since, { listing, strategy, now });
  }
}

function sortUnderDeadline(
  status: ListedCluster,
  since: Date,
  {
    listing,
    strategy,
    now,
  }: { listing: Listing; strategy: Strategy; now: Date },
): ListedCluster {
  if (strategy.deadlineMs === undefined) {
    listing.rollout.push(status);
    return status;
  }
  const timeOutTime = new Date(since.getTime() + strategy.deadlineMs);
  const waitMs = since.getTime() - now.getTime() + strategy.deadlineMs;
  if (waitMs > 0) {
    listing.rollout.push({ ...status, timeOutTime });
    listing.waitsMs.push(waitMs);
    return status;
  }
  const timedOut: ListedCluster = { ...status, status: 'TimeOut', timeOutTime };
  listing.timeOut.push(timedOut);
  return timedOut;
}

function listed(
  status: ClusterRolloutStatus,
  { groupOf }: Pass,
): ListedCluster {
  const group = groupOf.get(status.cluster);
  return group === undefined ? status : { ...status, group };
}

/** Out of range means the default: zero failures, unlimited concurrency. */
export function sizeOf(size: Size, total: number, otherwise: number): number {
  const count =
    size.kind === 'count'
      ? size.count
      : Math.ceil((size.percent / 100) * total);
  return count <= 0 || count > total ? otherwise : count;
}

/** Returns the time of the earliest time-out, or of the soak where that is shorter. */
function recheckAfter(
  waitsMs: readonly number[],
  { strategy }: Pass,
): number | undefined {
  const waits = [...waitsMs];
  if (strategy.minSuccessMs !== 0) waits.push(strategy.minSuccessMs);
  return waits.length > 0 ? Math.min(...waits) : undefined;
}

function byName(a: ListedCluster, b: ListedCluster): number {
  return compareText(a.cluster, b.cluster);
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
