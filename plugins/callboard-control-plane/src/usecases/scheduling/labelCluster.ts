import {
  type Result,
  checkLabel,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import { record } from '../../reconcile/record';
import type { Recorder } from '../../reconcile/roles';
import {
  findCluster,
  findDeployments,
  findEnvironmentReleases,
  findHandLabels,
  saveHandLabels,
} from '../../store';
import type { ControlPlane } from '../ControlPlane';
import { clusterMissing } from '../problems';

export type LabelChange = Parameters<ControlPlane['labelCluster']>[0];

/**
 * Sets or removes labels of a cluster by hand, and triggers every placement. A
 * label set by hand overrides the source's of the same key until it is removed.
 * A request that changes nothing is not recorded.
 */
export async function labelCluster(
  change: LabelChange,
  context: Recorder,
): Promise<Result<void>> {
  const { knex, clock } = context.deps;
  const { cluster, actor, why } = change;
  if (!(await findCluster(knex, cluster)))
    return failed(clusterMissing(cluster));
  for (const [key, value] of Object.entries(change.labels)) {
    const label = checkLabel(key, value ?? '');
    if (!label.ok) return label;
  }
  const at = clock.now();
  await record(
    context,
    undefined,
    async (tx, { journal, signal, wake }): Promise<void> => {
      const before =
        (await findHandLabels(tx, { cluster })).get(cluster)?.labels ?? {};
      const after = apply(before, change.labels);
      if (isSame(before, after)) return;
      await saveHandLabels(tx, {
        cluster,
        labels: after,
        by: actor,
        since: at,
      });
      journal({
        at,
        actor,
        action: 'cluster.labelled',
        cluster,
        message: `Cluster ${cluster}: ${describe(before, after)}`,
        ...(why !== undefined && { why }),
        before: { labels: before },
        after: { labels: after },
      });
      signal({ kind: 'cluster', name: cluster });
      signal({ kind: 'fleet' });
      for (const { key } of await findDeployments(tx, { cluster })) {
        if (key.kind !== 'app') continue;
        signal({ kind: 'app', name: key.app });
        wake({ kind: 'delivery', key });
      }
      for (const { app, environment } of await findEnvironmentReleases(tx))
        wake({ kind: 'placement', app, environment });
      wake({ kind: 'failback' });
    },
  );
  return ok(undefined);
}

function apply(
  before: Record<string, string>,
  change: LabelChange['labels'],
): Record<string, string> {
  const after = { ...before };
  for (const [key, value] of Object.entries(change)) {
    if (value === null) delete after[key];
    else after[key] = value;
  }
  return after;
}

function isSame(a: Record<string, string>, b: Record<string, string>): boolean {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every(key => a[key] === b[key]);
}

/** `label env=prod set by hand; label tier no longer set by hand` */
function describe(
  before: Record<string, string>,
  after: Record<string, string>,
): string {
  const set = Object.keys(after)
    .filter(key => before[key] !== after[key])
    .sort()
    .map(key => `label ${key}=${after[key]} set by hand`);
  const taken = Object.keys(before)
    .filter(key => after[key] === undefined)
    .sort()
    .map(key => `label ${key} no longer set by hand`);
  return [...set, ...taken].join('; ');
}
