import type { App, AppEnvironment } from '@callboard/plugin-callboard-common';
import type { AppNeeds, Need } from './Need';

const MOST_WHAT = 200;
const MOST_NEXT = 500;

/**
 * What an app needs of its owners now: its findings, a halted rollout, a placement
 * with too few clusters, a push that was not built. Of one reason that several
 * clusters have, the first is said. Nothing that the app itself wrote is taken
 * over: no output, no evidence.
 */
export function readNeeds(app: App): AppNeeds {
  const needs = [
    ...needsOfBuild(app),
    ...app.environments.flatMap(environment => needsOf(app, environment)),
  ];
  const first = new Map<string, Need>();
  for (const need of needs) {
    const key = `${need.environment}/${need.reason}`;
    if (!first.has(key)) first.set(key, need);
  }
  return {
    app: app.name,
    needs: [...first.values()],
    known: new Set([
      '',
      ...app.environments.filter(isKnown).map(({ name }) => name),
    ]),
  };
}

function needsOfBuild(app: App): Need[] {
  const { name, owner, build } = app;
  if (build?.state !== 'failed') return [];
  return [
    {
      app: name,
      environment: '',
      reason: 'build-failed',
      owner,
      severity: 'normal',
      what: cut(`The newest push of ${name} could not be built`, MOST_WHAT),
      ...nextOf(build.problem?.next),
    },
  ];
}

function needsOf(app: App, environment: AppEnvironment): Need[] {
  const { findings, health, placement, rollout, release } = environment;
  const base = {
    app: app.name,
    environment: environment.name,
    owner: app.owner,
    severity: health.status === 'Degraded' ? 'high' : 'normal',
  } as const;
  const needs: Need[] = findings.map(({ code, what, next }) => ({
    ...base,
    reason: code,
    what: cut(what, MOST_WHAT),
    ...nextOf(next),
  }));
  if (rollout?.phase === 'halted')
    needs.push({
      ...base,
      reason: 'rollout-halted',
      severity: 'high',
      what: cut(
        `The rollout of ${app.name} in ${environment.title} is halted: ${rollout.sentence}`,
        MOST_WHAT,
      ),
    });
  if (release && placement?.satisfied === false)
    needs.push({
      ...base,
      reason: 'placement-unsatisfied',
      what: cut(
        `${app.name} is on too few clusters in ${environment.title}: ${placement.message}`,
        MOST_WHAT,
      ),
    });
  return needs;
}

/** Whether every cluster of an environment answers; where one is silent nothing is over. */
function isKnown({ freshness, health, clusters }: AppEnvironment): boolean {
  return (
    freshness === 'live' &&
    health.status !== 'Unknown' &&
    clusters.every(each => each.freshness === 'live')
  );
}

function nextOf(next: string | undefined): Pick<Need, 'next'> {
  return next === undefined ? {} : { next: cut(next, MOST_NEXT) };
}

/** Cut where it is too long, whole characters only. */
function cut(text: string, most: number): string {
  const characters = [...text];
  return characters.length <= most
    ? text
    : `${characters.slice(0, most - 1).join('')}…`;
}
