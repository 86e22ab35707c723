import type {
  RolloutAnswer,
  RolloutCell,
  RolloutSummary,
} from '@callboard/plugin-callboard-common';
import {
  type Cell,
  type RolloutNoun,
  type RolloutView,
  listRolloutActions,
  versionOfRollout,
  viewRollout,
} from '@callboard/plugin-callboard-core';
import type { RolloutRecord } from '../../store';

/** The shown part of a rollout: of a release for an app, of a version for a blueprint. */
export type ShownRollout = Pick<
  RolloutRecord,
  'release' | 'before' | 'settings' | 'startedBy' | 'startedAt' | 'rollout'
> & { noun?: RolloutNoun };

/** A rollout as the wave bar shows it at an instant. */
export function assembleRollout(
  record: ShownRollout,
  now: Date,
): RolloutAnswer {
  const { rollout, noun } = record;
  const view = viewRollout(rollout, now, noun);
  const actions = listRolloutActions(rollout, record, now);
  return {
    ...toSummary(record, view),
    waves: view.waves.map(({ name, cells }) => ({
      name,
      cells: cells.map(({ cluster, cell }) => toCell(cluster, cell)),
    })),
    soakSeconds: rollout.strategy.minSuccessMs / 1000,
    ...(view.phase.kind === 'halted' && { halt: view.phase.because }),
    actions,
    version: versionOfRollout(rollout, record, actions),
  };
}

/** A summary of it, for the page of the app and for lists. */
export function summarizeRollout(
  record: RolloutRecord,
  now: Date,
): RolloutSummary {
  return toSummary(record, viewRollout(record.rollout, now));
}

function toSummary(
  { release, before, settings, startedBy, startedAt }: ShownRollout,
  { purpose, phase, sentence, wave, waves, reached, clusters }: RolloutView,
): RolloutSummary {
  return {
    release,
    ...(before !== undefined && { before }),
    purpose,
    phase: phase.kind,
    sentence,
    wave,
    waveCount: waves.length,
    reached,
    clusterCount: clusters,
    ...(settings !== undefined && { settings }),
    startedBy,
    startedAt: startedAt.toISOString(),
  };
}

function toCell(cluster: string, cell: Cell): RolloutCell {
  const { kind: state } = cell;
  switch (cell.kind) {
    case 'to-apply':
    case 'done':
      return { cluster, state };
    case 'progressing':
      return { cluster, state, ...untilOf(cell.deadlineMs) };
    case 'soaking':
      return { cluster, state, ...untilOf(cell.untilMs) };
    case 'failed':
      return {
        cluster,
        state,
        why: cell.why,
        since: instant(cell.sinceMs),
        ...untilOf(cell.deadlineMs),
      };
    case 'timed-out':
      return {
        cluster,
        state,
        why: 'it did not become healthy in time',
        since: instant(cell.sinceMs),
      };
    case 'skipped':
      return { cluster, state, why: cell.why };
    case 'deferred':
      return { cluster, state, since: instant(cell.sinceMs) };
    default:
      return cell satisfies never;
  }
}

function untilOf(ms: number | undefined): { until?: string } {
  return ms === undefined ? {} : { until: instant(ms) };
}

function instant(ms: number): string {
  return new Date(ms).toISOString();
}
