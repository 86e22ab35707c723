import {
  describePlacementReason,
  describeRemedy,
  failoverAfter,
  followContact,
} from '@callboard/plugin-callboard-core';
import {
  type PlacementAnswer,
  type PlacementDecision,
  type Result,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import { decideFor } from '../../reconcile/placing/decideFor';
import { clusterStatusOf } from '../../reconcile/fleet/clusterStatusOf';
import {
  findEnvironment,
  titleOfEnvironment,
} from '../../reconcile/placing/findEnvironment';
import { readFleet } from '../../reconcile/placing/readFleet';
import type { FleetReader, Placer } from '../../reconcile/roles';
import {
  type PlacementRecord,
  findApp,
  findPlacement,
  findRelease,
  findReleases,
} from '../../store';
import type { ReadOptions } from '../ControlPlane';
import { appMissing } from '../problems';
import { nothingReleased } from './problems';
import { sayPlacement } from './sayPlacement';

/**
 * Where an environment of an app runs, and why: the recorded decision. Before
 * the first release there: where the newest release would run now, decided the
 * same way and not recorded.
 */
export async function getPlacement(
  of: { app: string; environment: string },
  context: Placer,
  { at }: ReadOptions = {},
): Promise<Result<PlacementAnswer>> {
  const { deps } = context;
  if (!(await findApp(deps.knex, of.app, at)))
    return failed(appMissing(of.app));
  const title = titleOfEnvironment(deps.platform.environments, of.environment);
  const placement = await findPlacement(deps.knex, of, at);
  if (placement) {
    const decision = await asItIsNow(placement, context, at);
    return ok(toAnswer(title, decision, placement.decidedAt));
  }

  const [release] = await findReleases(deps.knex, of.app, { at, limit: 1 });
  if (!release || at) return failed(nothingReleased({ app: of.app, title }));
  const now = deps.clock.now();
  const decision = decideFor(
    {
      release,
      environment: of.environment,
      previous: undefined,
      failovers: [],
    },
    await readFleet(context),
  );
  return decision.ok
    ? ok(toAnswer(title, decision.value.decision, now, { planned: true }))
    : decision;
}

/** The decision with the contact of its clusters now, or at an instant. */
async function asItIsNow(
  { app, environment, release, decision }: PlacementRecord,
  context: FleetReader,
  at: Date | undefined,
): Promise<PlacementDecision> {
  const { knex, clock, platform } = context.deps;
  const status = await clusterStatusOf(context, at);
  const found = await findRelease(knex, app, release);
  const resolved =
    found && findEnvironment(platform.environments, found, environment);
  return followContact(decision, {
    contactOf: cluster => {
      const { freshness, observedAt, silentSince, isReading } = status(cluster);
      return isReading
        ? undefined // Callboard was away, not the cluster
        : {
            freshness,
            ...(observedAt && { observedAt: observedAt.toISOString() }),
            ...(silentSince && { silentSince: silentSince.toISOString() }),
          };
    },
    failoverAfterSeconds: resolved?.ok
      ? failoverAfter(resolved.value)
      : undefined,
    now: at ?? clock.now(),
  });
}

function toAnswer(
  title: string,
  decision: PlacementDecision,
  decidedAt: Date,
  options?: { planned: boolean },
): PlacementAnswer {
  const { satisfied, wanted, verdicts } = decision;
  return {
    decidedAt: decidedAt.toISOString(),
    satisfied,
    ...(wanted !== undefined && { wanted }),
    message: sayPlacement(decision, title, options),
    verdicts: verdicts.map(
      ({ cluster, verdict, score, reasons, remedy, replicas }) => ({
        cluster,
        verdict,
        ...(replicas !== undefined && { replicas }),
        ...(score !== undefined && { score }),
        reasons: reasons.map(reason => ({
          rule: reason.rule,
          message: describePlacementReason(reason),
        })),
        remedy: remedy ? describeRemedy(remedy) : null,
      }),
    ),
  };
}
