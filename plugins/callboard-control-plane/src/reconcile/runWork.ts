import { LeaseLostError } from '../store';
import { reconcileAgent } from './agents/reconcileAgent';
import { reconcileAgentUpgrades } from './agents/reconcileAgentUpgrades';
import { reconcileBlueprintRollout } from './blueprints/reconcileBlueprintRollout';
import { reconcileBuild } from './building/reconcileBuild';
import { reconcileDelivery } from './delivery/reconcileDelivery';
import { reconcileFailback } from './placing/reconcileFailback';
import { reconcilePlacement } from './placing/reconcilePlacement';
import type { Outcome, Run } from './queue';
import { reconcileRollout } from './rolling/reconcileRollout';
import type {
  AgentHost,
  Deliverer,
  PlacementRecorder,
  ReleaseBuilder,
  Timekeeper,
} from './roles';
import type { Work } from './Work';

/** Runs the reconciler of a piece of work. Work that now belongs to another process is settled: that one does it. */
export async function runWork(
  work: Work,
  context: ReleaseBuilder &
    PlacementRecorder &
    Deliverer &
    AgentHost &
    Timekeeper,
  run: Run,
): Promise<Outcome> {
  const { signal } = run;
  try {
    switch (work.kind) {
      case 'build':
        return await reconcileBuild(work.app, context, run);
      case 'placement':
        return await reconcilePlacement(
          { app: work.app, environment: work.environment },
          context,
        );
      case 'rollout':
        return await reconcileRollout(
          { app: work.app, environment: work.environment },
          context,
        );
      case 'blueprint-rollout':
        return await reconcileBlueprintRollout(work.blueprint, context);
      case 'delivery':
        return await reconcileDelivery(work.key, context, signal);
      case 'failback':
        return await reconcileFailback(context);
      case 'agent':
        return await reconcileAgent(work.cluster, context, signal);
      case 'agent-upgrades':
        return await reconcileAgentUpgrades(context, signal);
      default:
        return work satisfies never;
    }
  } catch (error) {
    if (error instanceof LeaseLostError) return { kind: 'settled' };
    throw error;
  }
}
