import {
  type SettingsInForce,
  type UnofferedSecret,
  isInStore,
  listNeededSettings,
} from '@callboard/plugin-callboard-core';
import { decideFor } from '../../reconcile/placing/decideFor';
import { atVersions } from '../../reconcile/blueprints/atVersion';
import { readFleet } from '../../reconcile/placing/readFleet';
import type { Placer } from '../../reconcile/roles';
import { findUnoffered } from '../../reconcile/settings/findUnoffered';
import {
  type ReleaseRecord,
  findClusters,
  findFailovers,
  findPlacement,
} from '../../store';

/**
 * The first secret of a release that a cluster cannot read from its store,
 * among the clusters that the release would be placed on now. Does not read the
 * fleet where no secret is in a store.
 */
export async function findUnofferedAtTargets(
  of: {
    app: string;
    environment: string;
    release: ReleaseRecord;
    settings: SettingsInForce | undefined;
  },
  context: Placer,
): Promise<UnofferedSecret | undefined> {
  const { app, environment, release, settings } = of;
  const { knex, platform } = context.deps;
  const needed = listNeededSettings(release.content, environment).filter(
    ({ name }) => isInStore(settings?.byName.get(name)?.reference),
  );
  if (needed.length === 0) return undefined;
  const failovers = (await findFailovers(knex, { app })).filter(
    each => each.environment === environment,
  );
  const decided = decideFor(
    {
      release,
      environment,
      previous: await findPlacement(knex, of),
      failovers,
    },
    await readFleet(context),
  );
  // Where it cannot be placed at all, its placement reports that.
  if (!decided.ok) return undefined;
  const chosen = new Set(decided.value.decision.chosen);
  const clusters = await atVersions(
    knex,
    (await findClusters(knex)).filter(({ name }) => chosen.has(name)),
  );
  return findUnoffered(of, { needed, settings }, { clusters, platform });
}
