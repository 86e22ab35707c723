import {
  type ResolvedEnvironment,
  describeNewerRenderer,
  judgeWorkloads,
  locateInAppFile,
  readAppFile,
  resolveEnvironments,
} from '@callboard/plugin-callboard-core';
import {
  type Problem,
  type Result,
  checkAppName,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import type {
  JudgedPush,
  PushedFiles,
  RevisionSpec,
} from '@callboard/plugin-callboard-node';
import { builderFor } from '../../reconcile/building/builderFor';
import type { ControlPlaneDeps } from '../../ControlPlaneDeps';
import { inTurns } from '../../reconcile/inTurns';
import {
  NAMED_IMAGES,
  builderMissing,
  formatBuilders,
} from '../../reconcile/building/builders';
import { provisionersOf } from '../../reconcile/delivery/provisionersOf';
import { workloadsToBuild } from '../../reconcile/building/runBuilds';
import {
  type AppRecord,
  type ClusterRecord,
  findApp,
  findClusters,
  findReleases,
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
  const scores = await inTurns(
    judgeWorkloads(push, appFile.value, {
      provisioners: provisionersOf(deps),
      platform: deps.platform.environments,
    }),
  );
  if (!scores.ok) return scores;
  const workloads = scores.value.map(({ workload }) => workload);

  const environments = resolveEnvironments(
    [...deps.platform.environments],
    appFile.value,
    { locate: path => locateInAppFile(push, path) },
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
        ...(await warnOfRenderer(push.app, workloads, deps)),
      ],
    },
  });
}

/** The first release that is rendered in a newer way than the one before changes more than was pushed. */
async function warnOfRenderer(
  app: string,
  workloads: RevisionSpec['workloads'],
  { knex }: Pick<ControlPlaneDeps, 'knex'>,
): Promise<string[]> {
  const [last] = await findReleases(knex, app, { limit: 1 });
  const warning = last && describeNewerRenderer(last.renderer, workloads);
  return warning === undefined ? [] : [warning];
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

function noEnvironment(): Problem {
  return {
    code: 'environment-missing',
    what: 'Cannot release what was pushed',
    why: 'the platform has no environment, and app.yaml adds none',
    next: 'Ask the platform team to describe an environment',
    transient: false,
  };
}
