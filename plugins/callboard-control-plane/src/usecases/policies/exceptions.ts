import {
  type Exception,
  type NewException,
  type Problem,
  type Result,
  checkAppName,
  describeInstant,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import { resolveEnvironments } from '@callboard/plugin-callboard-core';
import { type Consequences, record } from '../../reconcile/record';
import type { FactReader, Recorder } from '../../reconcile/roles';
import {
  type ExceptionRecord,
  endException as endRecord,
  findClusters,
  findExceptions,
  findReleases,
  insertException,
} from '../../store';
import { exceptionInvalid, exceptionMissing, policyMissing } from './problems';

const DAY_MS = 24 * 60 * 60_000;
const MOST_DAYS = 366;

/** Exceptions that are in force now, the first to expire first. */
export async function listExceptions(
  { onlyApps }: { onlyApps?: readonly string[] },
  { deps }: FactReader,
): Promise<Exception[]> {
  const all = await findExceptions(deps.knex, { at: deps.clock.now() });
  return all
    .filter(
      ({ kind, target }) =>
        kind === 'blueprint' ||
        onlyApps === undefined ||
        onlyApps.includes(appOf(target)),
    )
    .map(viewOf);
}

/** Lets an app violate a policy, or a cluster its blueprint, until an instant. */
export async function createException(
  { actor, ...asked }: NewException & { actor: string },
  context: Recorder,
): Promise<Result<Exception>> {
  const { deps } = context;
  const at = deps.clock.now();
  const fault = await findFault(asked, { context, at });
  if (fault) return failed(fault);
  const made: ExceptionRecord = {
    id: deps.newId(),
    kind: asked.policy === undefined ? 'blueprint' : 'policy',
    name: (asked.policy ?? asked.blueprint)!,
    target: asked.target,
    why: asked.why.trim(),
    createdBy: actor,
    createdAt: at,
    expiresAt: new Date(asked.until),
  };
  return record(context, undefined, async (tx, { journal, signal, wake }) => {
    await insertException(tx, made);
    journal({
      at,
      actor,
      action: 'exception.created',
      ...placeOf(made),
      message: `${describe(made)} until ${describeInstant(
        made.expiresAt.toISOString(),
      )}`,
      why: made.why,
      after: { id: made.id, until: made.expiresAt.toISOString() },
    });
    signal({ kind: 'fleet' });
    wakeBlueprint(made, wake);
    return ok(viewOf(made));
  });
}

/** Ends an exception at once. */
export async function endException(
  { id, actor }: { id: string; actor: string },
  context: Recorder,
): Promise<Result<void>> {
  const at = context.deps.clock.now();
  return record(context, undefined, async (tx, { journal, signal, wake }) => {
    const ended = await endRecord(tx, { id, by: actor }, at);
    if (!ended) return failed(exceptionMissing());
    journal({
      at,
      actor,
      action: 'exception.ended',
      ...placeOf(ended),
      message: `${describe(ended)} no longer`,
      before: { id, until: ended.expiresAt.toISOString() },
    });
    signal({ kind: 'fleet' });
    wakeBlueprint(ended, wake);
    return ok(undefined);
  });
}

/** The exception changes what the cluster refuses. */
function wakeBlueprint(
  { kind, target }: ExceptionRecord,
  wake: Consequences['wake'],
): void {
  if (kind === 'blueprint')
    wake({ kind: 'delivery', key: { kind: 'blueprint', cluster: target } });
}

async function findFault(
  { policy, blueprint, target, until, why }: NewException,
  { context: { deps }, at }: { context: FactReader; at: Date },
): Promise<Problem | undefined> {
  const { policies = [], blueprints } = deps.platform;
  if ((policy === undefined) === (blueprint === undefined))
    return exceptionInvalid(
      'it is from one policy or from one blueprint',
      'Name either a policy or a blueprint',
    );
  if (why.trim() === '')
    return exceptionInvalid(
      'nobody says why',
      'Write in a sentence why it is needed',
    );
  const ends = Date.parse(until) - at.getTime();
  if (!(ends > 0) || ends > MOST_DAYS * DAY_MS)
    return exceptionInvalid(
      `it ends ${ends > 0 ? 'in more than a year' : 'in the past'}`,
      'Choose an instant within a year from now',
    );
  if (policy !== undefined) {
    return policies.some(({ metadata }) => metadata.name === policy)
      ? findTargetFault(target, deps)
      : policyMissing(policy, policies);
  }
  if (!blueprints.some(({ metadata }) => metadata.name === blueprint))
    return exceptionInvalid(
      `no file of the platform defines the blueprint "${blueprint}"`,
      'Name one of the blueprints',
    );
  const clusters = await findClusters(deps.knex);
  return clusters.some(({ name }) => name === target)
    ? undefined
    : exceptionInvalid(
        `there is no cluster "${target}"`,
        'Name one of the clusters',
      );
}

/** The app need not exist: its first push may be what needs the exception. */
async function findTargetFault(
  target: string,
  { knex, platform }: FactReader['deps'],
): Promise<Problem | undefined> {
  const [app, environment, ...rest] = target.split('/');
  const name = checkAppName(app);
  if (!name.ok || rest.length > 0)
    return exceptionInvalid(
      `"${target}" is neither an app nor an app in an environment`,
      'Name an app, or an app and an environment such as "shop/prod"',
    );
  if (environment === undefined) return undefined;
  const [newest] = await findReleases(knex, app, { limit: 1 });
  const environments = resolveEnvironments(
    [...platform.environments],
    newest?.content.appFile,
  );
  const known = environments.ok
    ? environments.value.map(each => each.name)
    : [];
  return known.includes(environment)
    ? undefined
    : exceptionInvalid(
        `"${app}" has no environment "${environment}"`,
        `Name one of ${known.map(each => `"${app}/${each}"`).join(', ')}`,
      );
}

function appOf(target: string): string {
  return target.split('/')[0];
}

/** Where the journal shows the exception. */
function placeOf({ kind, target }: ExceptionRecord): {
  app?: string;
  environment?: string;
  cluster?: string;
} {
  if (kind === 'blueprint') return { cluster: target };
  const [app, environment] = target.split('/');
  return { app, ...(environment !== undefined && { environment }) };
}

function describe({ kind, name, target }: ExceptionRecord): string {
  return kind === 'policy'
    ? `"${target}" may violate the policy "${name}"`
    : `"${target}" may differ from the blueprint "${name}"`;
}

function viewOf(exception: ExceptionRecord): Exception {
  const { id, kind, name, target, why, createdBy } = exception;
  return {
    id,
    ...(kind === 'policy' ? { policy: name } : { blueprint: name }),
    target,
    until: exception.expiresAt.toISOString(),
    why,
    createdBy,
    createdAt: exception.createdAt.toISOString(),
  };
}
