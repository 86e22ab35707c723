import type { PolicyVerdict } from '@callboard/plugin-callboard-core';
import type { FleetSnapshot } from '../../reconcile/placing/FleetSnapshot';
import { decideFor } from '../../reconcile/placing/decideFor';
import { readFleet } from '../../reconcile/placing/readFleet';
import type { ReleaseJudge } from '../../reconcile/roles';
import { findClusters, findFailovers, findPlacement } from '../../store';
import { type JudgedRelease, judgeRelease, policiesOf } from './judgeRelease';

/**
 * Judges a release that is to be deployed to an environment, on the clusters on
 * which it would be placed now. Does not read the fleet where no policy
 * applies.
 *
 * @param readOnce - the fleet, for callers who judge several environments
 */
export async function judgeOnItsWay(
  of: Omit<JudgedRelease, 'clusters'>,
  context: ReleaseJudge,
  readOnce: () => Promise<FleetSnapshot> = () => readFleet(context),
): Promise<PolicyVerdict[]> {
  const { deps } = context;
  if (policiesOf(deps, of).length === 0) return [];
  const { app, release, environment } = of;
  const key = { app: app.name, environment: environment.name };
  const failovers = (await findFailovers(deps.knex, { app: app.name })).filter(
    each => each.environment === environment.name,
  );
  const decided = decideFor(
    {
      release: { ...release, app: app.name },
      environment: environment.name,
      previous: await findPlacement(deps.knex, key),
      failovers,
    },
    await readOnce(),
  );
  // Where it cannot be placed at all, its placement reports that.
  const chosen = new Set(decided.ok ? decided.value.decision.chosen : []);
  const clusters = (await findClusters(deps.knex)).filter(({ name }) =>
    chosen.has(name),
  );
  return judgeRelease({ ...of, clusters }, deps);
}
