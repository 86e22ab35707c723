import {
  type ClusterConnectionStatus,
  type Problem,
  type Result,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import type { Builder } from '@callboard/plugin-callboard-node';
import { builderFor, isRunnableOn } from './builderFor';
import type { Images, ReleaseRecord } from '../../store';

/**
 * Returns the images of a release that an environment runs: those of the
 * builder it names, else of the platform's default. A release that was made
 * when the platform had only one other builder keeps its images, unless the
 * environment names a builder.
 */
export function imagesFor(
  release: Pick<ReleaseRecord, 'app' | 'number' | 'content'>,
  environment: { title: string; builder?: string },
  defaultBuilder: string,
): Result<Images> {
  const { images, imagesBy } = release.content;
  if (!imagesBy) return ok(images); // every image is named
  const own = imagesBy[environment.builder ?? defaultBuilder];
  if (own) return ok(own);
  const isOnly = Object.keys(imagesBy).length === 1;
  return environment.builder === undefined && isOnly
    ? ok(images)
    : failed(notBuiltFor(release, environment.title));
}

/** The same for one cluster, whose kind may run only the images of some builders. */
export function imagesForCluster(
  release: Pick<ReleaseRecord, 'app' | 'number' | 'content'>,
  environment: { title: string; builder?: string },
  cluster: {
    kind: ClusterConnectionStatus['kind'];
    builders: readonly Builder[];
    defaultBuilder: string;
  },
): Result<Images> {
  const { kind, builders } = cluster;
  const { imagesBy } = release.content;
  const builder = builderFor(environment, kind, cluster);
  const isRunnable =
    imagesBy === undefined ||
    environment.builder !== undefined ||
    Object.keys(imagesBy).some(name => isRunnableOn(name, kind, builders));
  return isRunnable
    ? imagesFor(release, environment, builder)
    : failed(notBuiltForKind(release, environment.title, kind));
}

function notBuiltFor(
  { app, number, content }: Pick<ReleaseRecord, 'app' | 'number' | 'content'>,
  environment: string,
): Problem {
  const made = Object.keys(content.imagesBy ?? {}).sort();
  return {
    code: 'release-not-built-for-environment',
    what: `Cannot run release ${number} of "${app}" in ${environment}`,
    why: `it was built by ${made.join(
      ' and ',
    )} only, and ${environment} runs what another builder makes`,
    next: 'Push again: a new release is built for all environments',
    transient: false,
  };
}

function notBuiltForKind(
  { app, number, content }: Pick<ReleaseRecord, 'app' | 'number' | 'content'>,
  environment: string,
  kind: ClusterConnectionStatus['kind'],
): Problem {
  const made = Object.keys(content.imagesBy ?? {}).sort();
  const clusters = kind === 'playground' ? 'simulated' : 'real';
  return {
    code: 'release-not-built-for-cluster',
    what: `Cannot run release ${number} of "${app}" in ${environment} on ${clusters} clusters`,
    why: `it was built by ${made.join(' and ')} only, which they cannot run`,
    next: `Let ${environment} select other clusters, or name a builder for it, then push again`,
    transient: false,
  };
}
