import {
  type AppEnvironmentSpec,
  type AppFile,
  type ClusterPredicate,
  type EnvironmentFile,
  type PlacementSpec,
  type Problem,
  type Result,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import { widenedProblem } from './environmentProblems';
import { narrowPlacement } from './narrowPlacement';
import type { ResolvedEnvironment } from './types';

/**
 * The environments of an app, in the order of promotion: those of the platform,
 * refined by the app's file by name, and those the app adds.
 *
 * An app narrows and never widens: see `narrowPlacement`; a promotion keeps the
 * platform's way and its approval; a rollout in waves stays one. An environment
 * the app adds stands right after the one it is promoted from (the last one when
 * it does not say) and must select its clusters, as no rule of the platform does.
 */
export function resolveEnvironments(
  platform: EnvironmentFile[],
  app?: AppFile,
): Result<ResolvedEnvironment[]> {
  const given = [...platform].sort(
    (a, b) =>
      a.spec.order - b.spec.order ||
      compareText(a.metadata.name, b.metadata.name),
  );
  const wanted = app?.spec.environments ?? [];
  const names = [...given.map(({ metadata }) => metadata.name)];
  for (const spec of wanted) {
    if (names.includes(spec.name)) continue;
    const from = spec.promotion?.from ?? names.at(-1);
    const at = from === undefined ? -1 : names.indexOf(from);
    if (from !== undefined && at === -1)
      return failed(unknownOrigin(spec.name, from, names));
    names.splice(at + 1, 0, spec.name);
  }

  const resolved: ResolvedEnvironment[] = [];
  for (const [index, name] of names.entries()) {
    const file = given.find(({ metadata }) => metadata.name === name);
    const spec = wanted.find(other => other.name === name);
    const context = {
      order: index + 1,
      before: resolved,
      requires: spec?.requires ?? app?.spec.requires,
    };
    const one = file
      ? refine(file, spec, context)
      : add(spec ?? { name }, context);
    if (!one.ok) return one;
    resolved.push(one.value);
  }
  return ok(resolved);
}

interface Context {
  order: number;
  /** Environments before this one, already resolved. */
  before: ResolvedEnvironment[];
  requires: ResolvedEnvironment['requires'];
}

function refine(
  file: EnvironmentFile,
  spec: AppEnvironmentSpec | undefined,
  context: Context,
): Result<ResolvedEnvironment> {
  const { name, title = name } = file.metadata;
  const narrowed = narrowPlacement(file.spec.placement, spec?.placement ?? {});
  if (!narrowed.ok) return failed(widenedProblem(name, narrowed.fault));
  const promotion = refinePromotion(
    name,
    file.spec.promotion,
    spec?.promotion,
    context,
  );
  if (!promotion.ok) return promotion;
  if (
    spec?.rollout?.type === 'All' &&
    file.spec.rollout &&
    file.spec.rollout.type !== 'All'
  ) {
    return failed(
      widenedProblem(name, { kind: 'no-waves', type: file.spec.rollout.type }),
    );
  }
  const rollout = spec?.rollout ?? file.spec.rollout;
  return ok({
    name,
    title,
    order: context.order,
    ...(promotion.value && { promotion: promotion.value }),
    ...(context.requires && { requires: context.requires }),
    placement: narrowed.value,
    ...(rollout && { rollout }),
    overrides: spec?.overrides ?? [],
    replicas: spec?.replicas ?? file.spec.replicas ?? 1,
    ...(file.spec.builder !== undefined && { builder: file.spec.builder }),
  });
}

function add(
  spec: AppEnvironmentSpec,
  context: Context,
): Result<ResolvedEnvironment> {
  const { name, placement = {} } = spec;
  if (!selects(placement)) return failed(unselectedProblem(name));
  const narrowed = narrowPlacement({}, placement);
  if (!narrowed.ok) return failed(widenedProblem(name, narrowed.fault));
  const from = spec.promotion?.from ?? context.before.at(-1)?.name;
  return ok({
    name,
    title: name,
    order: context.order,
    ...((from !== undefined || spec.promotion) && {
      promotion: { ...spec.promotion, ...(from !== undefined && { from }) },
    }),
    ...(context.requires && { requires: context.requires }),
    placement: narrowed.value,
    ...(spec.rollout && { rollout: spec.rollout }),
    overrides: spec.overrides ?? [],
    replicas: spec.replicas ?? 1,
  });
}

type Promotion = ResolvedEnvironment['promotion'];

/** The app may put environments in between, and ask for an approval where the platform asks for none. */
function refinePromotion(
  name: string,
  theirs: Promotion,
  ours: Promotion,
  { before }: Context,
): Result<Promotion> {
  const from = ours?.from ?? theirs?.from;
  if (from !== undefined && !before.some(other => other.name === from)) {
    return failed(
      unknownOrigin(
        name,
        from,
        before.map(other => other.name),
      ),
    );
  }
  if (
    theirs?.from !== undefined &&
    from !== undefined &&
    !leadsTo(theirs.from, from, before)
  ) {
    return failed(
      widenedProblem(name, {
        kind: 'other-origin',
        wanted: from,
        needed: theirs.from,
      }),
    );
  }
  if (
    theirs?.approval !== undefined &&
    ours?.approval !== undefined &&
    ours.approval !== theirs.approval
  ) {
    return failed(
      widenedProblem(name, { kind: 'other-approval', needed: theirs.approval }),
    );
  }
  const approval = theirs?.approval ?? ours?.approval;
  if (from === undefined && approval === undefined) return ok(undefined);
  return ok({
    ...(from !== undefined && { from }),
    ...(approval !== undefined && { approval }),
  });
}

/** Whether whatever arrives in `from` has been in `origin`. */
function leadsTo(
  origin: string,
  from: string,
  before: ResolvedEnvironment[],
): boolean {
  let at: string | undefined = from;
  for (let steps = 0; at !== undefined && steps <= before.length; steps += 1) {
    if (at === origin) return true;
    at = before.find(({ name }) => name === at)?.promotion?.from;
  }
  return false;
}

/** Whether every way to be admitted asks for something. */
function selects({
  predicates = [],
  clusterSets = [],
}: PlacementSpec): boolean {
  return (
    clusterSets.length > 0 || (predicates.length > 0 && predicates.every(asks))
  );
}

function asks({ requiredClusterSelector = {} }: ClusterPredicate): boolean {
  const {
    labelSelector = {},
    claimSelector = {},
    celSelector = {},
  } = requiredClusterSelector;
  return (
    Object.keys(labelSelector.matchLabels ?? {}).length > 0 ||
    (labelSelector.matchExpressions ?? []).length > 0 ||
    (claimSelector.matchExpressions ?? []).length > 0 ||
    (celSelector.celExpressions ?? []).length > 0
  );
}

function unselectedProblem(name: string): Problem {
  return {
    code: 'environment-unselected',
    what: `Cannot add the environment "${name}"`,
    why: 'the platform has no environment of this name, and the app file does not say which clusters it may use',
    next: 'Add "placement.predicates" or "placement.clusterSets" to it, or use a name the platform knows',
    transient: false,
  };
}

function unknownOrigin(name: string, from: string, known: string[]): Problem {
  return {
    code: 'environment-unknown',
    what: `Cannot promote to the environment "${name}"`,
    why: `it is promoted from "${from}", which is no environment before it`,
    next:
      known.length === 0
        ? 'Remove "promotion.from"'
        : `Use one of ${known.map(k => `"${k}"`).join(', ')}`,
    transient: false,
  };
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
