import type { Knex } from 'knex';
import { toJson } from '../json';
import { closeVersion, writeVersion } from '../temporal';
import {
  type FailoverKey,
  type FailoverRecord,
  subjectOfFailover,
} from './FailoverRecord';

/** Records that an app left a lost cluster, or may come back there, from `since` on. */
export async function saveFailover(
  tx: Knex.Transaction,
  failover: FailoverRecord,
): Promise<boolean> {
  const { app, environment, cluster, standIns, state, since } = failover;
  const { changed } = await writeVersion(tx, 'failovers', {
    about: { subject: subjectOfFailover(failover), app, cluster },
    values: { app, environment, cluster, stand_ins: toJson(standIns), state },
    at: since,
  });
  return changed;
}

/** Records that an app is no longer away: it came back, or stays where it is now. */
export async function closeFailover(
  tx: Knex.Transaction,
  key: FailoverKey,
  at: Date,
): Promise<boolean> {
  return closeVersion(tx, 'failovers', { subject: subjectOfFailover(key), at });
}
