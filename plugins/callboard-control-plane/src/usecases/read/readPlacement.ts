import {
  describePlacementReason,
  describeRemedy,
} from '@callboard/plugin-callboard-core';
import {
  type PlacementAnswer,
  type PlacementDecision,
  type Result,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import { decideFor } from '../../reconcile/placing/decideFor';
import { titleOfEnvironment } from '../../reconcile/placing/findEnvironment';
import { readFleet } from '../../reconcile/placing/readFleet';
import type { ReconcileContext } from '../../reconcile/ReconcileContext';
import { findApp, findPlacement, findReleases } from '../../store';
import type { ReadOptions } from '../ControlPlane';
import { appMissing } from '../problems';
import { nothingReleased } from './problems';
import { sayPlacement } from './sayPlacement';

/**
 * Where an environment of an app runs, and why: the decision that was recorded.
 * Before anything was released there: where the newest release would run now,
 * decided the same way and not recorded.
 */
export async function getPlacement(
  of: { app: string; environment: string },
  context: ReconcileContext,
  { at }: ReadOptions = {},
): Promise<Result<PlacementAnswer>> {
  const { deps } = context;
  if (!(await findApp(deps.knex, of.app, at)))
    return failed(appMissing(of.app));
  const title = titleOfEnvironment(deps.platform.environments, of.environment);
  const placement = await findPlacement(deps.knex, of, at);
  if (placement)
    return ok(toAnswer(title, placement.decision, placement.decidedAt));

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
    ? ok(toAnswer(title, decision.value, now, { planned: true }))
    : decision;
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
        ...(replicas !== undefined && { copies: replicas }),
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
