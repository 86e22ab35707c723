import {
  type KeptData,
  type Result,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import {
  commandToDelete,
  describeKept,
} from '@callboard/plugin-callboard-core';
import { titleOfEnvironment } from '../../reconcile/placing/findEnvironment';
import type { ReconcileContext } from '../../reconcile/ReconcileContext';
import {
  type KeptDataRecord,
  findClusters,
  findDeployments,
  findKeptData,
  findLastApp,
  subjectOf,
} from '../../store';
import type { ControlPlane } from '../ControlPlane';
import { appMissing } from '../problems';
import { judgeDeletion } from './judgeDeletion';

/** The data that an app left on clusters, and what becomes of it. Where the app is placed again it is no longer left. */
export async function listKeptData(
  { app, at, ...reader }: Parameters<ControlPlane['listKeptData']>[0],
  context: Pick<ReconcileContext, 'deps'>,
): Promise<Result<KeptData[]>> {
  const { knex, platform } = context.deps;
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
  const describe = async ({
    environment,
    cluster,
    resources,
    since,
    deletion,
  }: KeptDataRecord): Promise<KeptData> => {
    const of = { app, environment, cluster };
    const isClusterRegistered = registered.has(cluster);
    const verdict = await judgeDeletion(of, reader, context);
    return {
      ...of,
      environmentTitle: titleOfEnvironment(platform.environments, environment),
      resources,
      since: since.toISOString(),
      sentence: describeKept({
        app,
        cluster,
        resources,
        isDeleted: deletion !== undefined,
        isClusterGone: !isClusterRegistered,
      }),
      isClusterRegistered,
      mayDelete: verdict.kind === 'granted',
      deletedBy: commandToDelete(of),
      ...(deletion && { deletion }),
    };
  };
  return ok(await Promise.all(kept.map(describe)));
}
