import type { Knex } from 'knex';
import type { Problem } from '@callboard/plugin-callboard-common';
import { toDate, toOptionalDate } from '../instants';
import { fromOptionalJson, toOptionalJson } from '../json';
import type { ClusterContactRow } from '../tables';
import { findVersions, writeVersion } from '../temporal';
import type { ClusterContact } from './ClusterRecord';

/** Records that contact with a cluster was made or lost. Heartbeats in between add no rows. */
export async function saveContact(
  tx: Knex.Transaction,
  cluster: string,
  contact:
    | { state: 'live'; at: Date }
    | { state: 'lost'; at: Date; lastSeenAt?: Date; problem?: Problem },
): Promise<boolean> {
  const lost = contact.state === 'lost' ? contact : undefined;
  const { changed } = await writeVersion(tx, 'cluster_contacts', {
    about: { subject: cluster, cluster },
    values: {
      cluster,
      state: contact.state,
      last_seen_at: lost?.lastSeenAt?.getTime() ?? null,
      problem: toOptionalJson(lost?.problem),
    },
    at: contact.at,
  });
  return changed;
}

/** Contact with every cluster that was ever probed, by name. */
export async function findContacts(
  tx: Knex,
  at?: Date,
): Promise<Map<string, ClusterContact>> {
  const rows = await findVersions(tx, 'cluster_contacts', { at });
  return new Map(rows.map(row => [row.cluster, toContact(row)]));
}

function toContact(row: ClusterContactRow): ClusterContact {
  const since = toDate(row.valid_from);
  if (row.state === 'live') return { state: 'live', since };
  const lastSeenAt = toOptionalDate(row.last_seen_at);
  const problem = fromOptionalJson<Problem>(row.problem);
  return {
    state: 'lost',
    since,
    ...(lastSeenAt && { lastSeenAt }),
    ...(problem && { problem }),
  };
}
