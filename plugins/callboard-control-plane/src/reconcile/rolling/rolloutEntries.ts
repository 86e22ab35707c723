import {
  type RolloutEffect,
  describeHold,
  joinWords,
  viewRollout,
} from '@callboard/plugin-callboard-core';
import type { JournalDraft, RolloutRecord } from '../../store';
import { nameRevision } from '../placing/setDesiredReleases';

/**
 * Returns the journal entries of a step: that a rollout began, which clusters
 * are next, and what a person may have to act on.
 *
 * @param last - the rollout before the step, of this release or of one before
 */
export function rolloutEntries(
  step: {
    /** Of the environment. */
    title: string;
    record: RolloutRecord;
    effects: RolloutEffect[];
    isNew: boolean;
    started: string[];
  },
  last: RolloutRecord | undefined,
  now: Date,
): JournalDraft[] {
  const { title, record, effects, isNew, started } = step;
  const { app, environment, release, rollout } = record;
  const name = nameRevision(record);
  const common = {
    at: now,
    actor: 'system:rollout',
    app,
    environment,
    release,
  };
  const { waves } = viewRollout(rollout, now);
  const entries: JournalDraft[] = [];
  if (isNew && last && !last.finishedAt && rollout.purpose === 'roll-out') {
    entries.push({
      ...common,
      action: 'rollout.superseded',
      message: `Release ${name} replaces release ${nameRevision(
        last,
      )}, which was being rolled out to ${title}`,
      before: { release: last.release, reached: last.rollout.updated },
    });
  }
  if (isNew) {
    const order = waves
      .map(({ cells }) => joinWords(cells.map(({ cluster }) => cluster)))
      .join('; then ');
    const where =
      waves.length > 1 ? `in ${waves.length} waves: ${order}` : `on ${order}`;
    const what =
      rollout.purpose === 'roll-back'
        ? `${title} of ${app} rolls back to release ${name}`
        : `Release ${name} of ${app} goes to ${title}`;
    entries.push({
      ...common,
      action: 'rollout.started',
      message: `${what} ${waves.length === 0 ? 'on no cluster' : where}`,
      after: { waves: waves.map(wave => wave.cells.map(cell => cell.cluster)) },
    });
  }
  if (started.length > 0) {
    const wave = waves.findIndex(({ cells }) =>
      cells.some(({ cluster }) => started.includes(cluster)),
    );
    entries.push({
      ...common,
      action: 'rollout.wave-started',
      ...(started.length === 1 && { cluster: started[0] }),
      message: `${
        waves.length > 1
          ? `Wave ${wave + 1} of ${waves.length}: release`
          : 'Release'
      } ${name} goes to ${joinWords(started)}`,
      after: { clusters: started },
    });
  }
  for (const effect of effects) {
    if (effect.kind === 'notify')
      entries.push(...newsEntries(effect.about, { common, title, name }));
  }
  return entries;
}

function newsEntries(
  about: Extract<RolloutEffect, { kind: 'notify' }>['about'],
  {
    common,
    title,
    name,
  }: {
    common: Pick<JournalDraft, 'at' | 'actor'> & { release: number };
    title: string;
    name: string;
  },
): JournalDraft[] {
  switch (about.kind) {
    case 'halted': {
      const { cluster, why, failures, allowed } = about.because;
      return [
        {
          ...common,
          action: 'rollout.halted',
          cluster,
          message: `Release ${name} halted in ${title} at ${cluster}: nothing new starts`,
          why,
          after: { failures, allowed },
        },
      ];
    }
    case 'held':
      return [
        {
          ...common,
          action: 'rollout.held',
          message: `Release ${name} waits in ${title}: ${describeHold(
            about.by,
          )}`,
          after: { until: new Date(about.by.untilMs).toISOString() },
        },
      ];
    case 'waiting-for-clusters':
      return [
        {
          ...common,
          action: 'rollout.deferred',
          message: `Release ${name} waits in ${title} for ${joinWords(
            about.deferred,
          )}, which cannot be reached`,
          after: { deferred: about.deferred },
        },
      ];
    case 'done':
      return [
        {
          ...common,
          action: 'rollout.done',
          message: `Release ${name} reached all its clusters in ${title}`,
        },
      ];
    default:
      return []; // the request of a person was recorded where it was made
  }
}
