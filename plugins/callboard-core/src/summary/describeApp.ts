import type {
  App,
  AppEnvironment,
  BuildStatus,
} from '@callboard/plugin-callboard-common';
import { shownHealth } from '../health';
import { describeEntity } from './describeEntity';
import { describeEnvironment } from './describeEnvironment';
import { endSentence } from './sentence';

/** Facts for the sentence of an app. */
export type AppFacts = Pick<App, 'name' | 'environments' | 'build'>;

/**
 * Describes an app, as the first line of its page: its release, clusters,
 * health, and what waits.
 *
 * An unhealthy environment comes first (of several the last one, as that is
 * where users are), then the last environment that has a release. `Release 42
 * is healthy on 3 of 3 production clusters; …`
 */
export function describeApp(app: AppFacts, now: Date): string {
  const released = app.environments.filter(({ release }) => release !== null);
  if (released.length === 0) return describeUnreleased(app);

  const last = released[released.length - 1];
  const troubled = [...released].reverse().find(isInTrouble);
  const clauses = [troubled ?? last].map(environment =>
    describeEnvironment(environment, now),
  );
  if (troubled && troubled !== last)
    clauses.push(describeEnvironment(last, now));
  const sentences = clauses.flatMap(clause =>
    clause ? [endSentence(capital(clause, app.name))] : [],
  );
  const next = troubled ? undefined : describeNext(last, app.environments);
  if (next) sentences.push(`${sentences.pop()?.replace(/\.$/, '')}${next}.`);
  const build = describeBuild(app.build);
  return build ? `${sentences.join(' ')} ${build}` : sentences.join(' ');
}

/**
 * Returns whether a person should look at it: unhealthy, out of contact,
 * missing or on fewer clusters than desired, or its build failed.
 */
export function needsAttention({
  environments,
  build,
}: Pick<AppFacts, 'environments' | 'build'>): boolean {
  return build?.state === 'failed' || environments.some(wantsALook);
}

function wantsALook(environment: AppEnvironment): boolean {
  const { findings, health, freshness, problem, placement } = environment;
  if (problem || findings.length > 0 || placement?.satisfied === false)
    return true;
  // Neither instant affects the status.
  const shown = shownHealth(health, freshness, undefined, new Date(0));
  return (
    isInTrouble({ ...environment, health: shown }) &&
    !isOnlyBeingRead(environment)
  );
}

/** Returns whether its only problem is that Callboard, after a start, has had no contact with its clusters yet. */
export function isOnlyBeingRead(environment: AppEnvironment): boolean {
  const { clusters, findings, health, problem } = environment;
  const silent = clusters.filter(({ freshness }) => freshness !== 'live');
  return (
    problem === undefined &&
    findings.length === 0 &&
    health.status === 'Unknown' &&
    silent.length > 0 &&
    silent.every(({ reading }) => reading)
  );
}

function isInTrouble(environment: AppEnvironment): boolean {
  const { findings, health, problem, release } = environment;
  if (!release) return false;
  return (
    problem !== undefined ||
    (findings.length > 0 && health.status === 'Progressing') ||
    health.status === 'Degraded' ||
    health.status === 'Unknown' ||
    health.status === 'Missing'
  );
}

function describeUnreleased({ name, build }: AppFacts): string {
  if (build?.state === 'building') {
    return `Nothing of ${name} is released yet; its first push is being built.`;
  }
  if (build?.state === 'failed') {
    return endSentence(
      `Nothing of ${name} is released yet; its push could not be built${
        build.problem ? `: ${build.problem.why}` : ''
      }`,
    );
  }
  return `Nothing of ${name} is released yet.`;
}

/** Describes the environment after the last one that has a release, and what it waits for. Continues a sentence. */
function describeNext(
  last: AppEnvironment,
  environments: AppEnvironment[],
): string | undefined {
  const waiting = environments.find(
    ({ promotion }) =>
      promotion &&
      promotion.candidate !== null &&
      (promotion.change !== 'rollback' || promotion.rolledBack),
  );
  if (waiting?.promotion) {
    const { candidate, change, blockedBy, rolledBack, approval, from } =
      waiting.promotion;
    const source = environments.find(({ name }) => name === from);
    if (source && source.health.status !== 'Healthy') return undefined;
    const release = `${
      change === 'older' ? 'the older ' : ''
    }release ${candidate}`;
    if (blockedBy)
      return `; ${release} waits for ${waiting.title}: ${blockedBy.why}`;
    if (rolledBack) return `; ${release} was rolled back in ${waiting.title}`;
    if (approval !== undefined)
      return `; ${release} waits for approval by ${describeEntity(
        approval,
      )} to go to ${waiting.title}`;
    return source === last && last.placement?.satisfied !== false
      ? ` and ready for ${waiting.title}`
      : `; ${release} is ready for ${waiting.title}`;
  }
  const [first] = environments.filter(({ release }) => release !== null);
  return first !== last && first.release?.number !== last.release?.number
    ? `; ${first.title} runs release ${first.release?.number}`
    : undefined;
}

function describeBuild(build: BuildStatus | undefined): string | undefined {
  switch (build?.state) {
    case 'building':
      return 'A newer push is being built.';
    case 'failed':
      return endSentence(
        `The newest push could not be built${
          build.problem ? `: ${build.problem.why}` : ''
        }`,
      );
    default:
      return undefined;
  }
}

/** Names of apps keep their case. */
function capital(clause: string, app: string): string {
  return clause.startsWith(app)
    ? clause
    : `${clause.charAt(0).toUpperCase()}${clause.slice(1)}`;
}
