import {
  type BatchApp,
  type Hypothesis,
  type WhatIfAnswer,
  askWhatIf as askCore,
  describeWhatIf,
} from '@callboard/plugin-callboard-core';
import {
  type EnvironmentFile,
  type Problem,
  type Result,
  type WhatIfQuestion,
  type WhatIfReport,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import { titleOfEnvironment } from '../../reconcile/placing/findEnvironment';
import { questionOf } from '../../reconcile/placing/questionOf';
import type { FleetFacts } from '../../reconcile/placing/FleetSnapshot';
import { readFleet } from '../../reconcile/placing/readFleet';
import type { Placer } from '../../reconcile/roles';
import {
  findEnvironmentReleases,
  findFailovers,
  findOperations,
  findPlacements,
} from '../../store';
import { findDataLeft } from './findDataLeft';
import { groupRefusals } from './groupRefusals';
import { toHypotheses } from './toHypotheses';

/** Judging blocks everything else; larger questions are for the command line. About a second. */
const MOST_PAIRS = 100_000;

/**
 * Computes the placement of all apps if something happened to the fleet: the
 * decision that would be made, on the current facts with the changes applied.
 * Changes nothing.
 */
export async function askWhatIf(
  { changes }: WhatIfQuestion,
  context: Placer,
  { onlyApps }: { onlyApps?: readonly string[] } = {},
): Promise<Result<WhatIfReport>> {
  const fleet = await readFleet(context);
  const hypotheses = toHypotheses(changes, fleet);
  if (!hypotheses.ok) return hypotheses;
  const apps = await readQuestions(context, fleet);
  const pairs = apps.length * fleet.clusters.length;
  if (pairs > MOST_PAIRS) return failed(tooManyPairs());
  const answer = askCore(
    { apps, clusters: fleet.clusters },
    hypotheses.value,
    fleet.now,
  );
  const reported = onlyApps ? ofApps(answer, new Set(onlyApps)) : answer;
  const { environments } = context.deps.platform;
  const gone = hypotheses.value.flatMap(hypothesis =>
    hypothesis.kind === 'lose' ? [hypothesis.cluster] : [],
  );
  const data = await findDataLeft(
    reported.leaves.map(({ app: name, ...leave }) => ({
      ...splitName(name),
      ...leave,
      gone,
    })),
    context,
  );
  return ok({
    ...toReport(reported, hypotheses.value, {
      now: fleet.now,
      environments,
      gone,
    }),
    data,
  });
}

/** Every environment of every app with a desired release, as input of placement. */
async function readQuestions(
  { deps, releases }: Placer,
  fleet: FleetFacts,
): Promise<BatchApp[]> {
  const { knex } = deps;
  const wanted = await findEnvironmentReleases(knex);
  const workloadsBy = await releases.read(knex, wanted);
  const decided = new Map(
    (await findPlacements(knex)).map(({ app, environment, decision }) => [
      `${app}/${environment}`,
      decision,
    ]),
  );
  const failovers = await findFailovers(knex);
  const scaled = new Map(
    (await findOperations(knex)).map(({ app, environment, replicas }) => [
      `${app}/${environment}`,
      replicas,
    ]),
  );
  return wanted.flatMap(({ app, environment, release }) => {
    const workloads = workloadsBy.get(`${app}/${release}`);
    if (!workloads) return [];
    const previous = decided.get(`${app}/${environment}`);
    const question = questionOf(
      {
        app,
        environment,
        release: workloads,
        previous,
        replicas: scaled.get(`${app}/${environment}`),
      },
      fleet,
    );
    const away = failovers.filter(
      failover => failover.app === app && failover.environment === environment,
    );
    return question.ok
      ? [
          {
            ...question.value,
            ...(previous && { before: previous }),
            failovers: away,
          },
        ]
      : [];
  });
}

function toReport(
  answer: WhatIfAnswer,
  hypotheses: readonly Hypothesis[],
  {
    now,
    environments,
    gone,
  }: {
    now: Date;
    environments: readonly EnvironmentFile[];
    gone: readonly string[];
  },
): Omit<WhatIfReport, 'data'> {
  const nameOf = (name: string) => {
    const { app, environment } = splitName(name);
    return {
      app,
      environment,
      environmentTitle: titleOfEnvironment(environments, environment),
    };
  };
  return {
    at: now.toISOString(),
    sentence: describeWhatIf(answer, hypotheses),
    moves: answer.moves.map(({ app, ...move }) => ({
      ...nameOf(app),
      ...move,
    })),
    shortages: answer.shortages.map(({ app, ...shortage }) => ({
      ...nameOf(app),
      ...shortage,
      refused: groupRefusals(answer.decisions.get(app), gone),
    })),
    lostSpread: answer.lostSpread.map(({ app, topologyKey, skew }) => ({
      ...nameOf(app),
      topologyKey,
      skew,
    })),
    stays: answer.stays.map(nameOf),
  };
}

function splitName(name: string): { app: string; environment: string } {
  const slash = name.indexOf('/'); // neither part may contain one
  return { app: name.slice(0, slash), environment: name.slice(slash + 1) };
}

/** The part of an answer about some apps: all of them were judged, as they share the clusters. */
function ofApps(
  answer: WhatIfAnswer,
  names: ReadonlySet<string>,
): WhatIfAnswer {
  const isReported = (name: string) =>
    names.has(name.slice(0, name.indexOf('/')));
  return {
    moves: answer.moves.filter(({ app }) => isReported(app)),
    lostSpread: answer.lostSpread.filter(({ app }) => isReported(app)),
    shortages: answer.shortages.filter(({ app }) => isReported(app)),
    stays: answer.stays.filter(isReported),
    leaves: answer.leaves.filter(({ app }) => isReported(app)),
    decisions: answer.decisions,
  };
}

function tooManyPairs(): Problem {
  return {
    code: 'what-if-too-large',
    what: 'Cannot rehearse this for the whole fleet',
    why: `it would hold up the portal; at most ${MOST_PAIRS} pairs of app and cluster are judged at once`,
    next: 'Ask with "callboard place" on the command line, app by app',
    transient: false,
  };
}
