import type { BlueprintFile } from '@callboard/plugin-callboard-common';
import type { Knex } from 'knex';
import {
  type BlueprintRolloutRecord,
  findBlueprintRolloutsUnderWay,
  lockBlueprints,
  saveBlueprintRollout,
  saveBlueprintTarget,
} from '../../store';
import { clusterStatusOf } from '../fleet/clusterStatusOf';
import { LEADER_LEASE } from '../LeaseKeeper';
import type { Outcome } from '../queue';
import { type Consequences, record } from '../record';
import type { FleetReader, LeasedRecorder } from '../roles';
import { blueprintEntries } from './blueprintEntries';
import {
  type BlueprintDecision,
  type BlueprintObservation,
  decideBlueprintRollout,
} from './decideBlueprintRollout';
import { lastInWaves } from './lastInWaves';
import { observeBlueprint } from './observeBlueprint';
import { versionFor } from './versionFor';
import { wantVersion } from './wantBlueprint';

const LOOK_AGAIN_MS = 1_000; // changes of a cluster's apps do not wake this reconciler
const LOOK_AGAIN: Outcome = {
  kind: 'again',
  afterMs: LOOK_AGAIN_MS,
  because: 'a version of a blueprint is on its way',
};

/**
 * Rolls out a version of a blueprint to the clusters that follow it, in waves:
 * reads the state of its add-ons and of the apps on them, steps the rollout,
 * and sets the desired version of clusters whose turn has come. Level-based:
 * may be cut short and run again at any time. A step is one transaction.
 */
export async function reconcileBlueprintRollout(
  blueprint: string,
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
      await lockBlueprints(tx);
      const now = deps.clock.now();
      const last = (await findBlueprintRolloutsUnderWay(tx)).get(blueprint);
      const file = last && fileOf(last, deps.platform.blueprints);
      if (!file) return { kind: 'settled' };
      const seen = await observeBlueprint(tx, last, {
        file,
        clusterStatusOf: statuses,
      });
      const changes =
        last.rollout.changes ??
        lastInWaves(deps.platform.environments)?.spec.changes;
      const observation = { ...seen, ...(changes && { changes }) };

      // decide (pure)
      const decision = decideBlueprintRollout(last, observation, now);
      if (decision.kind === 'unclear') return LOOK_AGAIN;

      // act, record
      await perform(
        tx,
        { ...decision, last, file, observation, now },
        consequences,
      );
      return decision.record.finishedAt
        ? { kind: 'settled' }
        : nextLook(decision, now);
    },
  );
}

async function perform(
  tx: Knex.Transaction,
  step: Extract<BlueprintDecision, { kind: 'stepped' }> & {
    last: BlueprintRolloutRecord;
    file: BlueprintFile;
    observation: BlueprintObservation;
    now: Date;
  },
  consequences: Consequences,
): Promise<void> {
  const { record: next, observation, started, file, now } = step;
  const { channels, baselines } = observation;
  const { blueprint, rollout, finishedAt } = next;
  if (await saveBlueprintRollout(tx, next, now))
    consequences.signal({ kind: 'fleet' });
  for (const entry of blueprintEntries(step, now)) consequences.journal(entry);
  for (const cluster of rollout.updated) {
    const channel = channels.get(cluster);
    if (channel === undefined) continue;
    await wantVersion(
      tx,
      { cluster, name: blueprint, version: versionFor(next, channel) },
      {
        consequences,
        at: now,
        current: baselines.get(cluster),
        isAfresh: started.includes(cluster),
      },
    );
  }
  if (!finishedAt) return;
  for (const channel of ['', ...(file.spec.channels ?? [])])
    await saveBlueprintTarget(
      tx,
      { name: blueprint, channel, version: versionFor(next, channel) },
      now,
    );
}

function fileOf(
  { blueprint, version }: BlueprintRolloutRecord,
  files: readonly BlueprintFile[],
): BlueprintFile | undefined {
  return files.find(
    ({ metadata, spec }) =>
      metadata.name === blueprint && spec.version === version,
  );
}

function nextLook(
  { effects }: Extract<BlueprintDecision, { kind: 'stepped' }>,
  now: Date,
): Outcome {
  const dueMs = effects.flatMap(effect =>
    effect.kind === 'wake' ? [effect.atMs - now.getTime() + 1] : [],
  );
  return {
    ...LOOK_AGAIN,
    afterMs: Math.max(1, Math.min(LOOK_AGAIN_MS, ...dueMs)),
  } as Outcome;
}
