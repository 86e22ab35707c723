import {
  type KeptData,
  type Result,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import type { FactReader } from '../../reconcile/roles';
import {
  findClusters,
  findDeployments,
  findKeptData,
  findLastApp,
  subjectOf,
} from '../../store';
import type { ControlPlane } from '../ControlPlane';
import { appMissing } from '../problems';
import { describeKeptData } from './describeKeptData';

/**
 * Data that an app left on clusters, and its state. Where the app is placed
 * again its data is in use and not listed.
 */
export async function listKeptData(
  { app, at, ...reader }: Parameters<ControlPlane['listKeptData']>[0],
  context: FactReader,
): Promise<Result<KeptData[]>> {
  const { knex } = context.deps;
  if (!(await findLastApp(knex, app))) return failed(appMissing(app));
  const registered = new Set(
    (await findClusters(knex, at)).map(({ name }) => name),
  );
  const placed = new Set(
    (await findDeployments(knex, { app, at })).map(({ key }) => subjectOf(key)),
  );
  const kept = (await findKeptData(knex, { app, at })).filter(
    ({ environment, cluster }) =>
      !placed.has(subjectOf({ kind: 'app', app, environment, cluster })),
  );
  return ok(
    await Promise.all(
      kept.map(data => describeKeptData(data, { reader, registered }, context)),
    ),
  );
}
