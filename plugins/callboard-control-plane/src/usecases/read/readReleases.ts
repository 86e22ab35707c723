import {
  type ReleaseDetails,
  type Result,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import {
  type BuiltImage,
  builtImages,
} from '../../reconcile/building/builtImages';
import type { FactReader } from '../../reconcile/roles';
import {
  findApp,
  findBuildsOf,
  findEnvironmentReleases,
  findReleases,
  findRemovedImages,
} from '../../store';
import type { ReleaseFilter } from '../ControlPlane';
import { appMissing } from '../problems';
import { toRelease } from './assembleEnvironment';
import { readOutcomes } from './readOutcomes';

/** Releases of an app with their contents, newest first. */
export async function listReleases(
  app: string,
  { deps }: FactReader,
  { at, before, limit }: ReleaseFilter = {},
): Promise<Result<ReleaseDetails[]>> {
  const { knex } = deps;
  if (!(await findApp(knex, app, at))) return failed(appMissing(app));
  const builds = new Map(
    (await findBuildsOf(knex, app)).map(build => [build.position, build]),
  );
  const wanted = await findEnvironmentReleases(knex, { app, at });
  const outcomes = await readOutcomes(app, deps, at);
  const removed = await findRemovedImages(knex, { app, at });
  const removedAt = (images: BuiltImage[]) =>
    images.flatMap(({ image }) => removed.get(image)?.since ?? [])[0];
  const releases = await findReleases(knex, app, { at, before, limit });
  return ok(
    releases.map(release => {
      const build = builds.get(release.position);
      const imagesRemovedAt = removedAt(builtImages(release.content));
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
        outcomes: outcomes.get(release.number) ?? [],
        ...(release.content.evidence && {
          evidence: release.content.evidence,
        }),
        ...(release.content.warnings && {
          warnings: release.content.warnings,
        }),
        ...(release.content.lockfile && {
          lockfile: release.content.lockfile,
        }),
        ...(release.content.origin && { origin: release.content.origin }),
        ...(imagesRemovedAt && {
          imagesRemovedAt: imagesRemovedAt.toISOString(),
        }),
      };
    }),
  );
}
