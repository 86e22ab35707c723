import {
  type ReleaseDetails,
  type Result,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import type { ReconcileContext } from '../../reconcile/ReconcileContext';
import {
  findApp,
  findBuildsOf,
  findEnvironmentReleases,
  findReleases,
} from '../../store';
import type { ReadOptions } from '../ControlPlane';
import { appMissing } from '../problems';
import { toRelease } from './assembleEnvironment';

const MOST = 200; // newest first; a page shows fewer

/** Releases of an app with what they are made of, newest first. */
export async function listReleases(
  app: string,
  { deps }: ReconcileContext,
  { at }: ReadOptions = {},
): Promise<Result<ReleaseDetails[]>> {
  const { knex } = deps;
  if (!(await findApp(knex, app, at))) return failed(appMissing(app));
  const builds = new Map(
    (await findBuildsOf(knex, app)).map(build => [build.commit, build]),
  );
  const wanted = await findEnvironmentReleases(knex, { app, at });
  const releases = await findReleases(knex, app, { at, limit: MOST });
  return ok(
    releases.map(release => {
      const build = builds.get(release.commit);
      return {
        ...toRelease(release),
        createdBy: release.createdBy,
        workloads: Object.entries(release.content.images).map(
          ([name, images]) => ({ name, images }),
        ),
        build: {
          builder: build?.builder ?? 'given',
          startedAt: (build?.startedAt ?? release.createdAt).toISOString(),
          ...(build?.finishedAt &&
            (!at || build.finishedAt <= at) && {
              finishedAt: build.finishedAt.toISOString(),
            }),
        },
        environments: wanted
          .filter(each => each.release === release.number)
          .map(({ environment }) => environment),
        ...(release.content.evidence && {
          evidence: release.content.evidence,
        }),
      };
    }),
  );
}
