import type { JournalEntry } from '@callboard/plugin-callboard-common';
import {
  findApp,
  findAppsToBuild,
  findBlueprintRolloutsUnderWay,
  findEnvironmentReleases,
  isRollingOut,
} from '../store';
import { findDeliveries } from './delivery/findDeliveries';
import type { KnownCluster } from './fleet/syncClusters';
import type { AgentHost, Recorder } from './roles';

type WakeContext = Recorder & AgentHost;

/** Queues all work: whatever was missed is found again. */
export async function wakeEverything(
  known: ReadonlyMap<string, KnownCluster>,
  context: WakeContext,
): Promise<void> {
  const { deps, queue } = context;
  for (const { app, owner } of await findAppsToBuild(deps.knex))
    queue.add({ kind: 'build', app, owner });
  await wakePlacements(context);
  for (const key of await findDeliveries(deps.knex))
    queue.add({ kind: 'delivery', key });
  await wakeBlueprintRollouts(context);
  queue.add({ kind: 'failback' });
  for (const [cluster, { registered }] of known) {
    if (registered.connectionKind === 'agent')
      queue.add({ kind: 'agent', cluster });
  }
  if (deps.agents) queue.add({ kind: 'agent-upgrades' });
}

/** Queues the work that follows from journal entries of other processes. */
export async function wakeByEntries(
  entries: readonly JournalEntry[],
  context: WakeContext,
): Promise<void> {
  const { deps, queue } = context;
  if (entries.some(({ action }) => action.startsWith('blueprint.')))
    await wakeBlueprintRollouts(context);
  if (entries.some(isAboutWhereAppsMayRun)) await wakePlacements(context);
  for (const cluster of new Set(entries.flatMap(each => each.cluster ?? [])))
    queue.add({ kind: 'agent', cluster });
  for (const { action, cluster } of entries)
    if (cluster && action.startsWith('exception.'))
      queue.add({ kind: 'delivery', key: { kind: 'blueprint', cluster } });
  for (const app of new Set(entries.flatMap(each => each.app ?? []))) {
    const owner = (await findApp(deps.knex, app))?.owner;
    queue.add({ kind: 'build', app, owner });
    for (const { environment } of await findEnvironmentReleases(deps.knex, {
      app,
    })) {
      queue.add({ kind: 'placement', app, environment });
      if (await isRollingOut(deps.knex, { app, environment }))
        queue.add({ kind: 'rollout', app, environment });
    }
    for (const key of await findDeliveries(deps.knex, { app }))
      queue.add({ kind: 'delivery', key });
  }
}

async function wakeBlueprintRollouts({
  deps,
  queue,
}: WakeContext): Promise<void> {
  for (const blueprint of (
    await findBlueprintRolloutsUnderWay(deps.knex)
  ).keys())
    queue.add({ kind: 'blueprint-rollout', blueprint });
}

async function wakePlacements({ deps, queue }: WakeContext): Promise<void> {
  for (const { app, environment } of await findEnvironmentReleases(deps.knex))
    queue.add({ kind: 'placement', app, environment });
}

/** Whether an entry of another process about a cluster may move apps. */
function isAboutWhereAppsMayRun({ action }: { action: string }): boolean {
  return /^cluster\.(unreachable|returned|cordoned|drained|uncordoned)$/.test(
    action,
  );
}
