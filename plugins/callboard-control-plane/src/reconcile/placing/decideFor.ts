import {
  type BatchApp,
  decideWithRetention,
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
import { releaseWorkloadsOf } from './ReleaseWorkloads';
import type { FleetFacts } from './FleetSnapshot';

/** A decision, with its input. */
export interface Decided {
  decision: PlacementDecision;
  /** Absent where the input could not be built. */
  app?: BatchApp;
}

/**
 * Decides where a release would run in an environment, from the current state
 * of the fleet, with `decideWithRetention`. Used for recorded placements and
 * for previews alike.
 *
 * Where platform and app do not agree on the environment, what runs stays where
 * the last decision placed it, and the decision says `misconfigured`. Fails
 * only where nothing runs that could stay.
 */
export function decideFor(
  question: {
    release: Pick<ReleaseRecord, 'app' | 'renderer' | 'content'>;
    environment: string;
    previous: PlacementRecord | undefined;
    failovers: readonly FailoverRecord[];
    /** Number of replicas set by hand; as in the files when omitted. */
    replicas?: number;
  },
  fleet: FleetFacts,
): Result<Decided> {
  const { release, environment, failovers, replicas } = question;
  const before = question.previous?.decision;
  const asked = questionOf(
    {
      app: release.app,
      environment,
      release: releaseWorkloadsOf(release),
      previous: before,
      ...(replicas !== undefined && { replicas }),
    },
    fleet,
  );
  if (!asked.ok) return keepDespite(asked.problem, question, fleet);
  const app = { ...asked.value, ...(before && { before }), failovers };
  const decision = decideWithRetention(
    {
      ...app,
      clusters: fleet.clusters,
      others: countOthers(fleet, release.app, environment),
    },
    fleet.now,
  );
  return ok({ decision, app });
}

/** Keeps the previous placement where the input of a decision cannot be built. */
function keepDespite(
  problem: Problem,
  { previous }: { previous: PlacementRecord | undefined },
  { clusters }: FleetFacts,
): Result<Decided> {
  if (!previous || previous.decision.chosen.length === 0)
    return failed(problem);
  const { what, why, next } = problem;
  return ok({
    decision: keepWhereItWas(clusters, previous.decision, {
      why: `${what}: ${why}`,
      next,
    }),
  });
}

/** Counts the placements of other apps on each cluster. */
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
