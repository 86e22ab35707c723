import type { Knex } from 'knex';
import { toJson } from '../json';
import { writeVersion } from '../temporal';
import type { RolloutRecord } from './RolloutRecord';

/** Records the state of a rollout from `at` on. One per app and environment: a new one replaces the one before. */
export async function saveRollout(
  tx: Knex.Transaction,
  record: RolloutRecord,
  at: Date,
): Promise<boolean> {
  const { app, environment } = record;
  const { changed } = await writeVersion(tx, 'rollouts', {
    about: { subject: `${app}/${environment}`, app },
    values: {
      app,
      environment,
      release: record.release,
      release_before: record.before ?? null,
      settings: record.settings ?? null,
      settings_before: record.settingsBefore ?? null,
      started_by: record.startedBy,
      started_at: record.startedAt.getTime(),
      finished_at: record.finishedAt?.getTime() ?? null,
      held: toJson(record.held),
      contacts: toJson(record.contacts),
      state: toJson(record.rollout),
    },
    at,
  });
  return changed;
}
