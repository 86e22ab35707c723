import { LEADER_LEASE } from '../../reconcile/LeaseKeeper';
import { record } from '../../reconcile/record';
import type { LeasedRecorder } from '../../reconcile/roles';
import {
  type ObservedAppRecord,
  closeObservedApp,
  findObservedApps,
  saveObservedApp,
} from '../../store';

/** Sets the components of the catalog that are observed from now on: these and no others. */
export async function syncObservedApps(
  apps: readonly ObservedAppRecord[],
  context: LeasedRecorder,
): Promise<void> {
  const { deps, leases } = context;
  if (!leases.holds(LEADER_LEASE)) return; // another process does it
  const known = new Map(
    (await findObservedApps(deps.knex)).map(app => [app.entityRef, app]),
  );
  const wanted = new Set(apps.map(({ entityRef }) => entityRef));
  const news = apps.filter(app => {
    const before = known.get(app.entityRef);
    return before?.label !== app.label || before.namespace !== app.namespace;
  });
  const gone = [...known.keys()].filter(ref => !wanted.has(ref));
  if (news.length + gone.length === 0) return;
  const now = deps.clock.now();
  await record(context, leases.prove(LEADER_LEASE), async tx => {
    for (const app of news) await saveObservedApp(tx, app, now);
    for (const ref of gone) await closeObservedApp(tx, ref, now);
  });
}
