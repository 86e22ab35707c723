import type { PlacementDecision } from '@callboard/plugin-callboard-common';
import type { Knex } from 'knex';
import { type FailoverRecord, closeFailover, saveFailover } from '../../store';

/**
 * Records which clusters an app left because they were lost, so that it moves
 * back to them in order, and deletes those it is back on. Apps that could have
 * moved back and were not accepted stay where they are.
 */
export async function recordFailovers(
  tx: Knex.Transaction,
  {
    key,
    previous,
    decision,
    failovers,
  }: {
    key: { app: string; environment: string };
    previous: PlacementDecision | undefined;
    decision: PlacementDecision;
    failovers: readonly FailoverRecord[];
  },
  now: Date,
): Promise<void> {
  for (const failover of failovers) {
    const isBack = decision.chosen.includes(failover.cluster);
    if (isBack || failover.state === 'returning')
      await closeFailover(tx, failover, now);
  }
  const before = previous?.chosen ?? [];
  const standIns = decision.chosen.filter(cluster => !before.includes(cluster));
  for (const cluster of before) {
    if (!hasFailedOver(decision, cluster)) continue;
    await saveFailover(tx, {
      ...key,
      cluster,
      standIns,
      state: 'away',
      since: now,
    });
  }
}

/** Whether the app left a cluster only because it was unreachable for too long. */
function hasFailedOver(
  { verdicts }: PlacementDecision,
  cluster: string,
): boolean {
  const judged = verdicts.find(verdict => verdict.cluster === cluster);
  return (
    judged?.verdict === 'refused' &&
    judged.reasons.every(
      reason =>
        reason.rule === 'reachable' &&
        reason.facts.failoverAfterSeconds !== undefined,
    )
  );
}
