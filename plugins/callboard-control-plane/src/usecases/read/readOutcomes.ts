import type { ReleaseOutcome } from '@callboard/plugin-callboard-common';
import { judgeOutcome } from '@callboard/plugin-callboard-core';
import { titleOfEnvironment } from '../../reconcile/placing/findEnvironment';
import type { FactReader } from '../../reconcile/roles';
import { findHealthyClusters, findReleaseStays } from '../../store';

/** Results of the releases of an app in each environment, by number; in the order of the environments' names. */
export async function readOutcomes(
  app: string,
  { knex, platform }: FactReader['deps'],
  at?: Date,
): Promise<Map<number, ReleaseOutcome[]>> {
  const healthy = await findHealthyClusters(knex, { app, at });
  const outcomes = new Map<number, ReleaseOutcome[]>();
  for (const stay of await findReleaseStays(knex, { app, at })) {
    const { environment, release } = stay;
    const outcome = judgeOutcome({
      ...stay,
      title: titleOfEnvironment(platform.environments, environment),
      healthyOn: healthy
        .filter(
          seen => seen.environment === environment && seen.release === release,
        )
        .map(({ cluster }) => cluster),
    });
    outcomes.set(release, [...(outcomes.get(release) ?? []), outcome]);
  }
  return outcomes;
}
