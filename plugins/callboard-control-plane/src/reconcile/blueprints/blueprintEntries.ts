import {
  type RolloutEffect,
  describeHold,
  joinWords,
  viewRollout,
} from '@callboard/plugin-callboard-core';
import type { BlueprintRolloutRecord, JournalDraft } from '../../store';

/** Returns the journal entries of a step: which clusters are next, and what a person may have to act on. */
export function blueprintEntries(
  {
    record,
    effects,
    started,
  }: {
    record: BlueprintRolloutRecord;
    effects: readonly RolloutEffect[];
    started: readonly string[];
  },
  now: Date,
): JournalDraft[] {
  const { blueprint, rollout, number } = record;
  const what = `ersion ${rollout.revision} of blueprint ${blueprint}`;
  const common = { at: now, actor: 'system:rollout' };
  const entries: JournalDraft[] = [];
  if (started.length > 0) {
    const { waves } = viewRollout(rollout, now, 'version');
    const wave = waves.findIndex(({ cells }) =>
      cells.some(({ cluster }) => started.includes(cluster)),
    );
    entries.push({
      ...common,
      action: 'blueprint.wave-started',
      ...(started.length === 1 && { cluster: started[0] }),
      message: `${
        waves.length > 1 ? `Wave ${wave + 1} of ${waves.length}: v` : 'V'
      }${what} goes to ${joinWords(started)}`,
      after: { rollout: number, clusters: started },
    });
  }
  for (const effect of effects) {
    if (effect.kind !== 'notify') continue;
    const { about } = effect;
    if (about.kind === 'halted')
      entries.push({
        ...common,
        action: 'blueprint.rollout-halted',
        cluster: about.because.cluster,
        message: `V${what} halted at ${about.because.cluster}: nothing new starts`,
        why: about.because.why,
        after: {
          rollout: number,
          failures: about.because.failures,
          allowed: about.because.allowed,
        },
      });
    if (about.kind === 'held')
      entries.push({
        ...common,
        action: 'blueprint.rollout-held',
        message: `V${what} waits: ${describeHold(about.by)}`,
        after: {
          rollout: number,
          until: new Date(about.by.untilMs).toISOString(),
        },
      });
    if (about.kind === 'waiting-for-clusters')
      entries.push({
        ...common,
        action: 'blueprint.rollout-deferred',
        message: `V${what} waits for ${joinWords(
          about.deferred,
        )}, which cannot be reached`,
        after: { rollout: number, deferred: about.deferred },
      });
    if (about.kind === 'done')
      entries.push({
        ...common,
        action: 'blueprint.rollout-done',
        message: `V${what} reached all clusters that follow it`,
        after: { rollout: number, clusters: rollout.updated },
      });
  }
  return entries;
}
