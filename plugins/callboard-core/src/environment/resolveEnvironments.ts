import {
  type AppEnvironmentSpec,
  type AppFile,
  type EnvironmentFile,
  type FieldPath,
  type PlacementSpec,
  type Problem,
  type Result,
  type RolloutSpec,
  type SourceLocation,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import { dividesReplicas } from '../placement/replicas/dividesReplicas';
import { compareText } from '../placement/selectors';
import {
  unknownOriginProblem,
  unselectedProblem,
  widenedProblem,
} from './environmentProblems';
import { narrowPlacement } from './narrowPlacement';
import { refinePromotion } from './refinePromotion';
import { selectsClusters } from './selectsClusters';
import type { ResolvedEnvironment } from './types';

/**
 * Returns the environments of an app, in the order of promotion: those of the
 * platform, refined by the app's file by name, and those the app adds.
 *
 * An app narrows and never widens: see `narrowPlacement`; a promotion keeps the
 * platform's order and its approval; a rollout in waves stays one. An
 * environment the app adds comes right after the one it is promoted from (the
 * last one when it does not say) and must select its clusters, as no rule of
 * the platform does.
 *
 * @param locate - position of a field in the app's file, so that a problem
 *   names its line
 */
export function resolveEnvironments(
  platform: EnvironmentFile[],
  app?: AppFile,
  options: ResolveOptions = {},
): Result<ResolvedEnvironment[]> {
  const resolved = resolveAll(platform, app);
  return resolved.ok ? resolved : failed(inLine(resolved, app, options));
}

/**
 * Returns everything that `resolveEnvironments` could refuse, one problem for
 * each environment: faulty ones are removed before the next attempt.
 */
export function findEnvironmentProblems(
  platform: EnvironmentFile[],
  app?: AppFile,
  options: ResolveOptions = {},
): Problem[] {
  const problems: Problem[] = [];
  let rest: AppEnvironmentSpec[] = app?.spec.environments ?? [];
  for (;;) {
    const resolved = resolveAll(
      platform,
      app && { ...app, spec: { ...app.spec, environments: rest } },
    );
    if (resolved.ok) return problems;
    problems.push(inLine(resolved, app, options));
    const others = withoutEnvironment(rest, resolved.environment, platform);
    if (others.length === rest.length) return problems;
    rest = others;
  }
}

/** Removes an environment and those promoted from it, which would be refused without it. */
function withoutEnvironment(
  environments: AppEnvironmentSpec[],
  name: string,
  platform: EnvironmentFile[],
): AppEnvironmentSpec[] {
  const others = environments.filter(each => each.name !== name);
  if (platform.some(({ metadata }) => metadata.name === name)) return others;
  return others
    .filter(({ promotion }) => promotion?.from === name)
    .reduce(
      (left, next) => withoutEnvironment(left, next.name, platform),
      others,
    );
}

interface ResolveOptions {
  locate?: (path: FieldPath) => SourceLocation;
}

type Refused = { ok: false; problem: Problem; environment: string };

function inLine(
  { problem, environment }: Refused,
  app: AppFile | undefined,
  { locate }: ResolveOptions,
): Problem {
  const index = (app?.spec.environments ?? []).findIndex(
    ({ name }) => name === environment,
  );
  return locate && index >= 0
    ? { ...problem, at: locate(['spec', 'environments', index]) }
    : problem;
}

function resolveAll(
  platform: EnvironmentFile[],
  app: AppFile | undefined,
): { ok: true; value: ResolvedEnvironment[] } | Refused {
  const given = [...platform].sort(
    (a, b) =>
      a.spec.order - b.spec.order ||
      compareText(a.metadata.name, b.metadata.name),
  );
  const wanted = app?.spec.environments ?? [];
  const refuse = (environment: string, problem: Problem): Refused => ({
    ok: false,
    problem,
    environment,
  });
  const names = [...given.map(({ metadata }) => metadata.name)];
  for (const spec of wanted) {
    if (names.includes(spec.name)) continue;
    const from = spec.promotion?.from ?? names.at(-1);
    const at = from === undefined ? -1 : names.indexOf(from);
    if (from !== undefined && at === -1)
      return refuse(spec.name, unknownOriginProblem(spec.name, from, names));
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
    if (!one.ok) return refuse(name, one.problem);
    resolved.push(one.value);
  }
  return { ok: true, value: resolved };
}

/** Only a rollout, with waves or without, can wait for a window. */
const AT_ONCE: RolloutSpec = { type: 'All' };

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
    context.before,
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
  if (isDividedTwice(narrowed.value, spec))
    return failed(widenedProblem(name, { kind: 'divided-and-overridden' }));
  const { changes } = file.spec;
  const rollout = spec?.rollout ?? file.spec.rollout ?? (changes && AT_ONCE);
  return ok({
    name,
    title,
    order: context.order,
    ...(promotion.value && { promotion: promotion.value }),
    ...(context.requires && { requires: context.requires }),
    placement: narrowed.value,
    ...(changes && { changes }),
    ...(rollout && { rollout }),
    overrides: spec?.overrides ?? [],
    replicas: spec?.replicas ?? file.spec.replicas ?? 1,
    ...(file.spec.failoverAfterSeconds !== undefined && {
      failoverAfterSeconds: file.spec.failoverAfterSeconds,
    }),
    ...(file.spec.builder !== undefined && { builder: file.spec.builder }),
    ...(file.spec.addresses && { addresses: file.spec.addresses }),
    ...(spec?.addresses && { requestedAddresses: spec.addresses }),
  });
}

function add(
  spec: AppEnvironmentSpec,
  context: Context,
): Result<ResolvedEnvironment> {
  const { name, placement = {} } = spec;
  if (!selectsClusters(placement)) return failed(unselectedProblem(name));
  const narrowed = narrowPlacement({}, placement);
  if (!narrowed.ok) return failed(widenedProblem(name, narrowed.fault));
  if (isDividedTwice(narrowed.value, spec))
    return failed(widenedProblem(name, { kind: 'divided-and-overridden' }));
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
    ...(spec.addresses && { requestedAddresses: spec.addresses }),
  });
}

/** Returns whether both the division and an override set the replicas of a cluster. */
function isDividedTwice(
  placement: PlacementSpec,
  spec: Pick<AppEnvironmentSpec, 'overrides'> | undefined,
): boolean {
  return (
    dividesReplicas(placement) &&
    (spec?.overrides ?? []).some(({ replicas }) => replicas !== undefined)
  );
}
