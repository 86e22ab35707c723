import {
  type ResolvedEnvironment,
  describeApp,
  resolveEnvironments,
} from '@callboard/plugin-callboard-core';
import type {
  App,
  AppEnvironment,
  BuildStatus,
  Problem,
} from '@callboard/plugin-callboard-common';
import type { AppRecord, BuildRecord, RevisionRecord } from '../../store';
import { blockDegraded } from '../promote/blockDegraded';
import { assembleEnvironment } from './assembleEnvironment';
import type { FleetSnapshot } from './FleetSnapshot';

/** An app as its page shows it. */
export function assembleApp(app: AppRecord, snapshot: FleetSnapshot): App {
  const environments = blockPromotions(
    app.name,
    environmentsOf(app.name, snapshot).map(environment =>
      assembleEnvironment({ app: app.name, environment }, snapshot),
    ),
  );
  const build = buildStatusOf(
    snapshot.builds.get(app.name),
    snapshot.pushed.get(app.name),
  );
  const lastChange = snapshot.lastChanges.get(app.name);
  return {
    name: app.name,
    title: app.title,
    owner: app.owner,
    ...(app.system !== undefined && { system: app.system }),
    ...(app.description !== undefined && { description: app.description }),
    repository: { cloneUrl: snapshot.cloneUrlOf(app.name) },
    environments,
    sentence: describeApp(
      { name: app.name, environments, ...(build && { build }) },
      snapshot.now,
    ),
    createdAt: app.createdAt.toISOString(),
    ...(build && { build }),
    ...(lastChange && { lastChange }),
  };
}

/** Adds to each pending promotion why it should not happen. */
function blockPromotions(
  app: string,
  environments: AppEnvironment[],
): AppEnvironment[] {
  return environments.map(environment => {
    const { promotion, title } = environment;
    if (!promotion || promotion.candidate === null) return environment;
    const blockedBy = blockDegraded(
      { app, environment: title, release: promotion.candidate },
      environments.find(({ name: other }) => other === promotion.from),
    );
    return blockedBy
      ? { ...environment, promotion: { ...promotion, blockedBy } }
      : environment;
  });
}

type ShownEnvironment = Pick<
  ResolvedEnvironment,
  'name' | 'title' | 'promotion' | 'addresses' | 'requestedAddresses'
> & { problem?: Problem };

/**
 * The current environments of the app, in order, and after them any in which a
 * release remains. Where platform and app file contradict each other, each
 * environment says so.
 */
function environmentsOf(
  app: string,
  { platform, specs, environmentReleases }: FleetSnapshot,
): ShownEnvironment[] {
  const resolved = resolveEnvironments(
    [...platform.environments],
    specs.get(app)?.appFile,
  );
  const known: ShownEnvironment[] = resolved.ok ? resolved.value : [];
  const problem = resolved.ok ? undefined : resolved.problem;
  const left = [...environmentReleases.values()]
    .filter(
      release =>
        release.app === app &&
        !known.some(({ name }) => name === release.environment),
    )
    .map(({ environment }) => ({
      name: environment,
      title: environment,
      ...(problem && { problem }),
    }));
  return [...known, ...left];
}

function buildStatusOf(
  build: BuildRecord | undefined,
  pushed: RevisionRecord | undefined,
): BuildStatus | undefined {
  if (
    !build ||
    !pushed ||
    build.state === 'succeeded' ||
    pushed.commit !== build.commit
  )
    return undefined;
  return {
    revision: build.commit,
    message: pushed.message,
    author: pushed.author,
    state: build.state === 'failed' ? 'failed' : 'building',
    startedAt: (build.startedAt ?? build.requestedAt).toISOString(),
    ...(build.problem && { problem: build.problem }),
  };
}
