import type { RolloutEffect } from '@callboard/plugin-callboard-core';
import type { Knex } from 'knex';
import { type RolloutRecord, saveRollout } from '../../store';
import {
  type DesiredByCluster,
  setDesiredReleases,
} from '../placing/setDesiredReleases';
import type { Consequences } from '../record';
import { rolloutEntries } from './rolloutEntries';

/** Records a step: state, desired releases and journal in one transaction. */
export async function performStep(
  tx: Knex.Transaction,
  step: {
    /** Of the environment. */
    title: string;
    record: RolloutRecord;
    effects: RolloutEffect[];
    isNew: boolean;
    desired: DesiredByCluster;
    started: string[];
    /** Before the step. */
    last: RolloutRecord | undefined;
    now: Date;
  },
  consequences: Consequences,
): Promise<void> {
  const { record, desired, started, last, now } = step;
  const { app, environment } = record;
  if (await saveRollout(tx, record, now))
    consequences.signal({ kind: 'app', name: app });
  for (const entry of rolloutEntries(step, last, now))
    consequences.journal(entry);
  await setDesiredReleases(
    tx,
    { app, environment, desired, afresh: started, now },
    consequences,
  );
}
