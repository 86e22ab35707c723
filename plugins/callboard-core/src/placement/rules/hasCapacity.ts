import type {
  PlacementChange,
  PlacementReason,
  ResourceAmounts,
} from '@callboard/plugin-callboard-common';
import { findNodeShortages } from '../fit/findNodeShortages';
import { isDividedByWeight } from '../replicas/dividesReplicas';
import { ADMITS, type PlacementRule, type RuleContext } from '../types';

const RESOURCES = ['cpuMillicores', 'memoryBytes', 'pods'] as const;

/**
 * There is free capacity for the app (one replica, where they are divided): on
 * the cluster as a whole, and for its largest instance on one node, because an
 * instance never runs on two. A running app already has its capacity, unless
 * the cluster or each of its nodes is smaller than its needs: then it stays and
 * the verdict notes it. Where needs or capacity are not known, the rule does
 * not judge. Replicas divided by weights need no capacity on the cluster, as in
 * Karmada: a cluster that comes and goes with free capacity would get another
 * share each time. The size of nodes does not change with what runs there, so
 * that it counts for them too.
 */
export const hasCapacity: PlacementRule = {
  name: 'has-capacity',
  admits(cluster, { needs, instance, held, spec }) {
    if (held) return true;
    if (findNodeShortages(instance ?? {}, cluster.capacity).length > 0)
      return false;
    return listShort(cluster.free, { needs, spec }).length === 0;
  },
  judge(cluster, { needs, instance, held, spec }) {
    const nodes = findNodeShortages(instance ?? {}, cluster.capacity);
    const capacity = held ? cluster.allocatable : cluster.free;
    const short = listShort(capacity, { needs, spec });
    const isOfNode = (resource: string) =>
      nodes.some(shortage => shortage.resource === resource);
    const reasons = [
      ...nodes,
      ...short.filter(({ resource }) => !isOfNode(resource)),
    ].map(
      (shortage): PlacementReason => ({
        rule: 'has-capacity',
        facts: { ...shortage, ...(held && { kept: true }) },
      }),
    );
    if (reasons.length === 0) return ADMITS;
    if (held) return { kind: 'admits', notes: reasons };
    return {
      kind: 'refuses',
      reasons,
      fixes: [
        [
          ...(nodes.length > 0 ? [remedy('add-node', nodes)] : []),
          ...(short.length > 0 ? [remedy('free-capacity', short)] : []),
        ],
      ],
    };
  },
};

interface Shortage {
  resource: (typeof RESOURCES)[number];
  free: number;
  needed: number;
}

function listShort(
  capacity: ResourceAmounts | undefined,
  { needs, spec }: Pick<RuleContext, 'needs' | 'spec'>,
): Shortage[] {
  if (!needs || !capacity || isDividedByWeight(spec)) return [];
  return RESOURCES.filter(resource => isShort(resource, needs, capacity)).map(
    resource => ({
      resource,
      free: capacity[resource] ?? 0,
      needed: needs[resource] ?? 0,
    }),
  );
}

function remedy(
  rule: 'add-node' | 'free-capacity',
  shortages: ReadonlyArray<{ resource: string; needed: number }>,
): PlacementChange {
  const facts = shortages.map(({ resource, needed }) => [resource, needed]);
  return { rule, facts: Object.fromEntries(facts) };
}

function isShort(
  resource: (typeof RESOURCES)[number],
  needs: ResourceAmounts,
  free: ResourceAmounts,
): boolean {
  const capacity = free[resource];
  return capacity !== undefined && (needs[resource] ?? 0) > capacity;
}
