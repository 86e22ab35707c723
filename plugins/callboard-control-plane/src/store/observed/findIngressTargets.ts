import type { Knex } from 'knex';
import { fromJson } from '../json';
import type { ObjectDigest } from './ObjectDigest';

const MOST = 10; // a cluster may report many

/** The ingress addresses that clusters report for these objects. */
export async function findIngressTargets(
  tx: Knex,
  of: { clusters: readonly string[]; objects: readonly string[] },
): Promise<string[]> {
  if (of.clusters.length === 0 || of.objects.length === 0) return [];
  const rows = (await tx('observed_objects')
    .whereIn('cluster', [...of.clusters])
    .whereIn('object', [...of.objects])
    .select('digest')) as Array<{ digest: string }>;
  const targets = rows.flatMap(
    ({ digest }) => fromJson<ObjectDigest>(digest).ingress ?? [],
  );
  return [...new Set(targets)].sort().slice(0, MOST);
}
