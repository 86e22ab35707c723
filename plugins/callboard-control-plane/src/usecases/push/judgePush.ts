import {
  type ResolvedEnvironment,
  describeNewerRenderer,
  warnOfAddresses,
  judgeWorkloads,
  locateInAppFile,
  pinImages,
  readAppFile,
  readProvenance,
  resolveEnvironments,
} from '@callboard/plugin-callboard-core';
import {
  type ParsedScore,
  type Problem,
  type Result,
  checkAppName,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import type {
  JudgedPush,
  PushedFiles,
  PushedImages,
  RevisionSpec,
} from '@callboard/plugin-callboard-node';
import type { Knex } from 'knex';
import { builderFor } from '../../reconcile/building/builderFor';
import type { ReleaseRenderer } from '../../reconcile/roles';
import { inTurns } from '../../reconcile/inTurns';
import {
  NAMED_IMAGES,
  builderMissing,
  formatBuilders,
} from '../../reconcile/building/builders';
import { provisionersOf } from '../../reconcile/delivery/provisionersOf';
import { buildPartsOf } from '../../reconcile/building/buildParts';
import { inFolder } from '../../reconcile/building/runBuilds';
import {
  type AppRecord,
  type ClusterRecord,
  findClusters,
  findLastApp,
  findReleases,
} from '../../store';
import { chooseOwner, warnOfOwner } from './chooseOwner';
import { findTakenAddress } from './takeAddresses';

/** Judges a push by its files, the name and the pusher; the first fault refuses it. Changes nothing. */
export async function judgePush(
  push: PushedFiles,
  deps: Omit<ReleaseRenderer['deps'], 'clock'>,
): Promise<Result<JudgedPush>> {
  const name = checkAppName(push.app);
  if (!name.ok) return name;
  const last = await findLastApp(deps.knex, push.app);
  if (last && !push.ownershipRefs.includes(last.owner))
    return failed(last.isDeleted ? nameKept(last) : ownedByOthers(last));
  const existing = last?.isDeleted ? undefined : last;

  const appFile = readAppFile(push);
  if (!appFile.ok) return appFile;
  const owner = chooseOwner(push, existing, appFile.value?.spec.owner);
  if (!owner.ok) return owner;
  const scores = await inTurns(
    judgeWorkloads(push, appFile.value, {
      provisioners: provisionersOf(deps),
      platform: deps.platform.environments,
    }),
  );
  if (!scores.ok) return scores;
  const images = readImages(push, scores.value);
  if (!images.ok) return images;
  const { workloads, origin } = images.value;

  const environments = resolveEnvironments(
    [...deps.platform.environments],
    appFile.value,
    { locate: path => locateInAppFile(push, path) },
  );
  if (!environments.ok) return environments;
  const taken = await findTakenAddress(deps.knex, {
    app: push.app,
    appFile: appFile.value,
    environments: deps.platform.environments,
  });
  if (taken) return failed(taken);
  const builder = chooseBuilders(environments.value, push, {
    deps,
    workloads,
    clusters: await findClusters(deps.knex),
  });
  if (!builder.ok) return builder;
  const title = appFile.value?.metadata.title ?? push.app;
  const system = appFile.value?.spec.system;
  return ok({
    app: push.app,
    actor: push.actor,
    ownershipRefs: push.ownershipRefs,
    revision: push.revision,
    title,
    owner: owner.value,
    ...(system !== undefined && { system }),
    spec: {
      ...(appFile.value && { appFile: appFile.value }),
      workloads,
      ...(origin && { origin }),
    },
    builder: builder.value,
    ...(push.elsewhere && { elsewhere: keptOf(push.elsewhere) }),
    accepted: {
      app: push.app,
      created: existing === undefined,
      workloads: workloads.map(({ metadata }) => metadata.name),
      warnings: [
        ...scores.value.flatMap(({ warnings }) => warnings),
        ...(existing ? [] : warnOfOwner(push, owner.value)),
        ...warnOfAddresses(push.app, environments.value, workloads),
        ...(await warnOfRenderer(push.app, workloads, deps)),
      ],
    },
  });
}

/** The workloads with their images, as far as they are known; images that were built elsewhere, with their builder. */
function readImages(
  { elsewhere }: PushedFiles,
  scores: readonly ParsedScore[],
): Result<Pick<RevisionSpec, 'workloads' | 'origin'>> {
  if (!elsewhere) return ok({ workloads: scores.map(each => each.workload) });
  const pinned = pinImages(scores, elsewhere.images);
  if (!pinned.ok) return failed(pinned.problems[0]);
  const { workloads } = pinned;
  if (!elsewhere.provenance) return ok({ workloads, origin: elsewhere.origin });
  const provenance = readProvenance(
    elsewhere.provenance,
    workloads.flatMap(({ containers }) =>
      Object.values(containers).map(({ image }) => image),
    ),
  );
  return provenance.ok
    ? ok({
        workloads,
        origin: { ...elsewhere.origin, provenance: provenance.value },
      })
    : provenance;
}

function keptOf({
  provenance,
  request,
}: PushedImages): JudgedPush['elsewhere'] {
  return { ...(provenance && { provenance }), ...(request && { request }) };
}

/** The first release with a newer renderer than the one before changes more than was pushed. */
async function warnOfRenderer(
  app: string,
  workloads: RevisionSpec['workloads'],
  { knex }: { knex: Knex },
): Promise<string[]> {
  const [last] = await findReleases(knex, app, { limit: 1 });
  const warning = last && describeNewerRenderer(last.renderer, workloads);
  return warning === undefined ? [] : [warning];
}

/**
 * Each builder that an environment of the app needs builds the images once; a
 * release is complete or does not exist.
 */
function chooseBuilders(
  environments: readonly ResolvedEnvironment[],
  push: PushedFiles,
  of: {
    deps: Pick<ReleaseRenderer['deps'], 'builders' | 'defaultBuilder'>;
    workloads: RevisionSpec['workloads'];
    clusters: readonly ClusterRecord[];
  },
): Result<string> {
  if (environments.length === 0) return failed(noEnvironment());
  const parts = buildPartsOf(of.workloads);
  if (parts.length === 0) return ok(NAMED_IMAGES);
  const check = (name: string): Result<void> => {
    const builder = of.deps.builders.find(each => each.name === name);
    if (!builder) return failed(builderMissing(name));
    const { app, actor } = push;
    for (const { folder, workloads } of parts) {
      const paths = pathsBelow(folder, push.paths);
      const checked = builder.check?.({ app, actor, workloads, paths });
      if (checked?.ok === false) return inFolder(folder, checked);
    }
    return ok(undefined);
  };
  const needed = environments.map(
    ({ builder }) => builder ?? of.deps.defaultBuilder,
  );
  for (const name of new Set(needed)) {
    const checked = check(name);
    if (!checked.ok) return checked;
  }
  // Images that only some clusters run are built where that is possible.
  const kinds = new Set(
    of.clusters.map(({ connectionKind }) => connectionKind),
  );
  const wanted = new Set(
    environments.flatMap(environment =>
      [...kinds].map(kind => builderFor(environment, kind, of.deps)),
    ),
  );
  const welcome = [...wanted].filter(
    name => needed.includes(name) || check(name).ok,
  );
  return ok(formatBuilders([...needed, ...welcome]));
}

/** The paths within a folder, relative to it. */
function pathsBelow(folder: string, paths: readonly string[]): string[] {
  if (folder === '.') return [...paths];
  const start = `${folder}/`;
  return paths
    .filter(path => path.startsWith(start))
    .map(path => path.slice(start.length));
}

/** The push is refused: the app belongs to others. */
export function ownedByOthers(app: AppRecord): Problem {
  return {
    code: 'app-owned-by-others',
    what: `Cannot push to "${app.name}"`,
    why: `it belongs to ${app.owner}, and you do not`,
    next: `Choose another name, or ask ${app.owner} to let you in`,
    transient: false,
  };
}

/** The push is refused: a deleted app of another owner has the name. */
export function nameKept({ name }: Pick<AppRecord, 'name'>): Problem {
  return {
    code: 'app-name-taken',
    what: `Cannot create "${name}"`,
    why: 'an app of this name was deleted, and its last owner may use the name again',
    next: 'Choose another name for your app',
    transient: false,
  };
}

function noEnvironment(): Problem {
  return {
    code: 'environment-missing',
    what: 'Cannot release what was pushed',
    why: 'the platform has no environment, and app.yaml adds none',
    next: 'Ask the platform team to describe an environment',
    transient: false,
  };
}
