import { setImmediate } from 'node:timers/promises';
import {
  type ResolvedEnvironment,
  checkWorkloads,
  resolveEnvironments,
} from '@callboard/plugin-callboard-core';
import {
  type AppFile,
  type ParsedScore,
  type Problem,
  type Result,
  checkAppName,
  failed,
  ok,
  parseAppFile,
  parseScore,
} from '@callboard/plugin-callboard-common';
import type {
  JudgedPush,
  PushedFiles,
  RevisionSpec,
} from '@callboard/plugin-callboard-node';
import { builderFor } from '../../reconcile/building/builderFor';
import type { ControlPlaneDeps } from '../../ControlPlaneDeps';
import {
  NAMED_IMAGES,
  builderMissing,
  formatBuilders,
} from '../../reconcile/building/builders';
import { provisionersOf } from '../../reconcile/delivery/provisionersOf';
import { workloadsToBuild } from '../../reconcile/building/runBuilds';
import {
  fileMissing,
  normalizePath,
  sourcesOf,
} from '../../reconcile/building/releaseFiles';
import {
  type AppRecord,
  type ClusterRecord,
  findApp,
  findClusters,
} from '../../store';
import { chooseOwner, warnOfOwner } from './chooseOwner';

/**
 * Judges a push by what was pushed, the name and the pusher; the first fault
 * refuses it. Changes nothing.
 */
export async function judgePush(
  push: PushedFiles,
  deps: Pick<
    ControlPlaneDeps,
    'knex' | 'platform' | 'provisioners' | 'builders' | 'defaultBuilder'
  >,
): Promise<Result<JudgedPush>> {
  const name = checkAppName(push.app);
  if (!name.ok) return name;
  const existing = await findApp(deps.knex, push.app);
  if (existing && !push.ownershipRefs.includes(existing.owner))
    return failed(ownedByOthers(existing));

  const appFile = readAppFile(push);
  if (!appFile.ok) return appFile;
  const owner = chooseOwner(push, existing, appFile.value?.spec.owner);
  if (!owner.ok) return owner;
  const scores = await readScores(push, appFile.value);
  if (!scores.ok) return scores;
  const workloads = scores.value.map(({ workload }) => workload);
  const missing = sourcesOf(workloads).find(path => !push.paths.includes(path));
  if (missing !== undefined) return failed(fileMissing(missing));
  const files = Object.fromEntries(
    sourcesOf(workloads).map(path => [path, push.texts[path] ?? '']),
  );
  const renderable = checkWorkloads({
    app: push.app,
    workloads: scores.value,
    files,
    provisioners: provisionersOf(deps),
  });
  if (!renderable.ok) return renderable;

  const environments = resolveEnvironments(
    [...deps.platform.environments],
    appFile.value,
  );
  if (!environments.ok) return environments;
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
    spec: { ...(appFile.value && { appFile: appFile.value }), workloads },
    builder: builder.value,
    accepted: {
      app: push.app,
      created: existing === undefined,
      workloads: workloads.map(({ metadata }) => metadata.name),
      warnings: [
        ...scores.value.flatMap(({ warnings }) => warnings),
        ...(existing ? [] : warnOfOwner(push, owner.value)),
      ],
    },
  });
}

const APP_FILE = 'app.yaml';

function readAppFile(push: PushedFiles): Result<AppFile | undefined> {
  const text = push.texts[APP_FILE];
  if (text === undefined) return ok(undefined);
  const appFile = parseAppFile(text, { file: APP_FILE });
  if (!appFile.ok) return appFile;
  const { name } = appFile.value.metadata;
  return name === push.app ? appFile : failed(nameDiffers(push.app, name));
}

/** Every score file of the revision, or those that app.yaml lists, in their order. Others have their turn between two files. */
async function readScores(
  push: PushedFiles,
  appFile: AppFile | undefined,
): Promise<Result<ParsedScore[]>> {
  const listed = appFile?.spec.workloads?.map(normalizePath);
  const paths = listed ?? push.paths.filter(isScoreFile).sort();
  if (paths.length === 0) return failed(scoreMissing());
  const scores: ParsedScore[] = [];
  for (const path of paths) {
    const text = push.texts[path];
    if (text === undefined) return failed(listedScoreMissing(path));
    await setImmediate();
    const score = parseScore(text, { file: path });
    if (!score.ok) return score;
    scores.push(score.value);
  }
  return ok(scores);
}

function isScoreFile(path: string): boolean {
  return (
    /(^|\/)([^/]+\.)?score\.ya?ml$/.test(path) &&
    !path.split('/').includes('node_modules')
  );
}

/** Every builder that an environment of the app needs makes images once; a release is whole or is not. */
function chooseBuilders(
  environments: readonly ResolvedEnvironment[],
  push: PushedFiles,
  of: {
    deps: Pick<ControlPlaneDeps, 'builders' | 'defaultBuilder'>;
    workloads: RevisionSpec['workloads'];
    clusters: readonly ClusterRecord[];
  },
): Result<string> {
  if (environments.length === 0) return failed(noEnvironment());
  const workloads = workloadsToBuild(of.workloads);
  if (workloads.length === 0) return ok(NAMED_IMAGES);
  const check = (name: string): Result<void> => {
    const builder = of.deps.builders.find(each => each.name === name);
    if (!builder) return failed(builderMissing(name));
    const { app, actor, paths } = push;
    return builder.check?.({ app, actor, workloads, paths }) ?? ok(undefined);
  };
  const needed = environments.map(
    ({ builder }) => builder ?? of.deps.defaultBuilder,
  );
  for (const name of new Set(needed)) {
    const checked = check(name);
    if (!checked.ok) return checked;
  }
  // What some clusters run beside that is made where it can be made.
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

function nameDiffers(app: string, name: string): Problem {
  return {
    code: 'app-name-differs',
    what: `Cannot use app.yaml for "${app}"`,
    why: `its metadata.name is "${name}"`,
    next: `Set metadata.name to "${app}", or push to "${name}"`,
    transient: false,
    at: { file: APP_FILE, path: 'metadata.name' },
  };
}

function scoreMissing(): Problem {
  return {
    code: 'score-missing',
    what: 'Cannot release what was pushed',
    why: 'it holds no score.yaml, which says what to run',
    next: 'Add a score.yaml that names at least one container, then push again',
    transient: false,
  };
}

function listedScoreMissing(path: string): Problem {
  return {
    code: 'score-missing',
    what: `Cannot find workload "${path}"`,
    why: 'app.yaml lists it, and the revision holds no such score file',
    next: 'Commit the file under a name that ends in score.yaml, or take it off spec.workloads',
    transient: false,
    at: { file: APP_FILE, path: 'spec.workloads' },
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
