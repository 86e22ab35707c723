import {
  copiesOf,
  decideKeeping,
  findMisconfigured,
  keepWhereItWas,
} from '@callboard/plugin-callboard-core';
import {
  type PlacementDecision,
  type Problem,
  type Result,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import type {
  FailoverRecord,
  PlacementRecord,
  ReleaseRecord,
} from '../../store';
import { questionOf } from './questionOf';
import type { FleetFacts } from './FleetReading';

/**
 * Decides where a release would run in an environment, by what is known of the
 * fleet now. The one way to the answer: the placement that is recorded and the
 * one that is only asked for come from here.
 *
 * What may come back to a cluster that was lost is tried there first, in the
 * place of what stood in for it; where that cluster does not take it, it stays.
 *
 * Where files make no sense (a bad expression, an environment that platform and
 * app do not agree on), what runs stays where the last decision put it, and the
 * decision says `misconfigured`. Fails only where nothing runs that could stay.
 */
export function decideFor(
  question: {
    release: Pick<ReleaseRecord, 'app' | 'content'>;
    environment: string;
    previous: PlacementRecord | undefined;
    failovers: readonly FailoverRecord[];
  },
  fleet: FleetFacts,
): Result<PlacementDecision> {
  const { release, environment, failovers } = question;
  const before = question.previous?.decision;
  const previous = before?.chosen ?? [];
  const asked = questionOf(
    {
      app: release.app,
      environment,
      release: release.content,
      previous: before,
    },
    fleet,
  );
  if (!asked.ok) return keepDespite(asked.problem, question, fleet);
  const absentFrom = failovers.map(({ cluster }) => cluster);
  const input = {
    ...asked.value,
    clusters: fleet.clusters,
    others: countOthers(fleet, release.app, environment),
    ...(absentFrom.length > 0 && { absentFrom }),
  };
  const returning = failovers.filter(({ state }) => state === 'returning');
  if (returning.length > 0) {
    const home = returning.map(({ cluster }) => cluster);
    const standIns = returning.flatMap(failover => failover.standIns);
    const decision = decideKeeping(
      {
        ...input,
        previous: previous.filter(cluster => !standIns.includes(cluster)),
        returning: home,
        absentFrom: absentFrom.filter(cluster => !home.includes(cluster)),
      },
      fleet.now,
    );
    const isBack = home.every(cluster => decision.chosen.includes(cluster));
    if (isBack && !runsLess(decision, before)) return ok(decision);
  }
  const decision = decideKeeping(input, fleet.now);
  const fault = findMisconfigured(decision);
  if (!fault || !question.previous) return ok(decision);
  return ok(
    keepWhereItWas(
      fleet.clusters,
      { ...question.previous.decision, wanted: decision.wanted },
      fault,
    ),
  );
}

/** On fewer clusters than before, or in fewer copies. */
function runsLess(
  decision: PlacementDecision,
  before: PlacementDecision | undefined,
): boolean {
  const countOf = (one: PlacementDecision) =>
    [...copiesOf(one).values()].reduce((sum, copies) => sum + copies, 0);
  return (
    before !== undefined &&
    (decision.chosen.length < before.chosen.length ||
      countOf(decision) < countOf(before))
  );
}

/** The question itself cannot be put. */
function keepDespite(
  problem: Problem,
  { previous }: { previous: PlacementRecord | undefined },
  { clusters }: FleetFacts,
): Result<PlacementDecision> {
  if (!previous || previous.decision.chosen.length === 0)
    return failed(problem);
  const { what, why, next } = problem;
  return ok(
    keepWhereItWas(clusters, previous.decision, {
      why: `${what}: ${why}`,
      next,
    }),
  );
}

/** How many placements of others each cluster carries. */
function countOthers(
  { places }: FleetFacts,
  app: string,
  environment: string,
): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const place of places) {
    if (place.app === app && place.environment === environment) continue;
    counts[place.cluster] = (counts[place.cluster] ?? 0) + 1;
  }
  return counts;
}
