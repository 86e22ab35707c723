import {
  areSameSettings,
  readStrategy,
  resolveSettings,
} from '@callboard/plugin-callboard-core';
import { type Result, ok } from '@callboard/plugin-callboard-common';
import type { Knex } from 'knex';
import {
  type EnvironmentReleaseRecord,
  type RolloutRecord,
  findEnvironmentRelease,
  findOperation,
  findPlacement,
  findRelease,
  findRollout,
  lockRollout,
} from '../../store';
import { LEADER_LEASE } from '../LeaseKeeper';
import { type ClusterStatus, clusterStatusOf } from '../fleet/clusterStatusOf';
import { findEnvironment } from '../placing/findEnvironment';
import {
  findByCluster,
  setDesiredReleases,
} from '../placing/setDesiredReleases';
import { sizesOf } from '../placing/sizesOf';
import type { Outcome } from '../queue';
import { record } from '../record';
import type { FactReader, FleetReader, LeasedRecorder } from '../roles';
import { decideRollout } from './decideRollout';
import { groupsOf } from './groupsOf';
import { performStep } from './performStep';
import { findSettings } from '../settings/loadSettings';
import type { RolloutObservation, WantedSettings } from './RolloutObservation';

/**
 * Rolls out a release to the clusters of an environment in waves: reads where
 * it is placed and what its clusters are observed to run, steps the rollout,
 * and sets the desired release of each cluster. Level-based: may be cut short
 * and run again at any time.
 *
 * A step is one transaction, so that the rollout, the desired releases and the
 * journal always agree.
 */
export async function reconcileRollout(
  key: { app: string; environment: string },
  context: LeasedRecorder & FleetReader,
): Promise<Outcome> {
  const { deps, leases } = context;
  if (!leases.holds(LEADER_LEASE)) return { kind: 'settled' };
  const statuses = await clusterStatusOf(context);

  return record(
    context,
    leases.prove(LEADER_LEASE),
    async (tx, consequences): Promise<Outcome> => {
      // observe
      await lockRollout(tx, key);
      const now = deps.clock.now();
      const seen = await observeRollout(tx, key, {
        context,
        clusterStatusOf: statuses,
      });
      if (!seen.ok) return { kind: 'stuck', problem: seen.problem };
      const observation = seen.value;
      if (!observation) return { kind: 'settled' };

      // decide (pure)
      const decision = decideRollout(observation, now);

      // act, record
      switch (decision.kind) {
        case 'unclear':
          return { kind: 'settled' };
        case 'settled':
          await setDesiredReleases(
            tx,
            { ...key, desired: decision.desired, now },
            consequences,
          );
          return { kind: 'settled' };
        case 'stepped': {
          const { record: last, title } = observation;
          await performStep(
            tx,
            { ...decision, title, last, now },
            consequences,
          );
          return nextLook(decision.effects, now);
        }
        default:
          return decision satisfies never;
      }
    },
  );
}

/** Undefined where nothing is to be rolled out, or it is not placed yet. */
async function observeRollout(
  tx: Knex.Transaction,
  key: { app: string; environment: string },
  {
    context,
    clusterStatusOf: statuses,
  }: {
    context: FactReader;
    clusterStatusOf: (cluster: string) => ClusterStatus;
  },
): Promise<Result<RolloutObservation | undefined>> {
  const { platform } = context.deps;
  const wanted = await findEnvironmentRelease(tx, key);
  const placement = await findPlacement(tx, key);
  if (!wanted || placement?.release !== wanted.release) return ok(undefined);
  const release = await findRelease(tx, key.app, wanted.release);
  if (!release)
    throw new Error(
      `Release ${wanted.release} of "${key.app}" is wanted and not recorded`,
    );
  const environment = findEnvironment(
    platform.environments,
    release,
    key.environment,
  );
  if (!environment.ok) return environment;
  if (!environment.value.rollout) return ok(undefined);
  const strategy = readStrategy(environment.value.rollout);
  if (!strategy.ok) return strategy;
  const last = await findRollout(tx, key);
  const operation = await findOperation(tx, key);
  return ok({
    title: environment.value.title,
    wanted: { ...wanted, ...(await wantSettings(tx, wanted, last)) },
    strategy: strategy.value,
    ...(environment.value.changes && { changes: environment.value.changes }),
    groups: groupsOf(placement.decision),
    replicas: sizesOf(placement.decision, operation),
    isStopped: operation?.state === 'stopped',
    deployments: await findByCluster(tx, key),
    ...(last && { record: last }),
    clusterStatusOf: statuses,
  });
}

/** Returns the desired settings of the environment. */
async function wantSettings(
  tx: Knex.Transaction,
  wanted: EnvironmentReleaseRecord,
  last: RolloutRecord | undefined,
): Promise<WantedSettings> {
  const { changes, inForce } = await findSettings(tx, wanted);
  if (!inForce) return {};
  const change = changes.find(({ version }) => version === inForce.version);
  const before =
    last?.settingsBefore === undefined
      ? undefined
      : resolveSettings(changes, wanted.environment, last.settingsBefore);
  return {
    settings: inForce.version,
    ...(change &&
      change.changedAt > wanted.releasedAt && {
        settingsBy: change.changedBy,
      }),
    ...(areSameSettings(before, inForce) && { restoresBefore: true }),
  };
}

function nextLook(
  effects: ReadonlyArray<{ kind: string; atMs?: number }>,
  now: Date,
): Outcome {
  const times = effects.flatMap(({ atMs }) => atMs ?? []);
  return times.length === 0
    ? { kind: 'settled' }
    : {
        kind: 'again',
        afterMs: Math.max(0, Math.min(...times) - now.getTime()) + 1,
        because: 'it soaks, or is given up then',
      };
}
