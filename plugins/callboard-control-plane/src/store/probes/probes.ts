import type { ProbeState } from '@callboard/plugin-callboard-core';
import type { Knex } from 'knex';
import { toDate } from '../instants';
import { fromJson, toJson } from '../json';
import type { AddressProbeRow } from '../tables';
import type { AddressProbeRecord } from './AddressProbeRecord';

const TABLE = 'address_probes';
const AT_ONCE = 50; // rows per statement: SQLite limits the variables

/** Probe results of these addresses, of an app, or of all; by their URL. */
export async function findProbes(
  tx: Knex,
  of: { urls?: readonly string[]; app?: string } = {},
): Promise<AddressProbeRecord[]> {
  const query = tx(TABLE).orderBy('url');
  if (of.urls) query.whereIn('url', [...of.urls]);
  if (of.app !== undefined) query.where({ app: of.app });
  return ((await query) as AddressProbeRow[]).map(toRecord);
}

/** Saves probe results, replacing those before. */
export async function saveProbes(
  tx: Knex,
  records: readonly AddressProbeRecord[],
): Promise<void> {
  for (let done = 0; done < records.length; done += AT_ONCE)
    await tx(TABLE)
      .insert(records.slice(done, done + AT_ONCE).map(toRow))
      .onConflict('url')
      .merge();
}

/** Deletes the addresses of a deleted app. */
export async function deleteProbes(tx: Knex, app: string): Promise<void> {
  await tx(TABLE).where({ app }).delete();
}

/** Deletes addresses that were not probed since an instant: no app has them any more. */
export async function sweepProbes(tx: Knex, before: Date): Promise<void> {
  await tx(TABLE).where('checked_at', '<', before.getTime()).delete();
}

function toRow({
  url,
  app,
  environment,
  probe,
  targets,
}: AddressProbeRecord): AddressProbeRow {
  return {
    url,
    app,
    environment,
    state: probe.state,
    since: probe.since.getTime(),
    checked_at: probe.checkedAt.getTime(),
    ms: probe.ms ?? null,
    status: probe.status ?? null,
    certificate_ends_at: probe.certificateEndsAt?.getTime() ?? null,
    failures: probe.failures,
    doubt_state: probe.doubt?.state ?? null,
    doubt_since: probe.doubt?.since.getTime() ?? null,
    noted_answers: probe.noted.answers,
    noted_at: probe.noted.at.getTime(),
    targets: toJson(targets),
  };
}

function toRecord(row: AddressProbeRow): AddressProbeRecord {
  return {
    url: row.url,
    app: row.app,
    environment: row.environment,
    probe: {
      state: row.state as ProbeState,
      since: toDate(row.since),
      checkedAt: toDate(row.checked_at),
      ...(row.ms !== null && { ms: row.ms }),
      ...(row.status !== null && { status: row.status }),
      ...(row.certificate_ends_at !== null && {
        certificateEndsAt: toDate(row.certificate_ends_at),
      }),
      failures: row.failures,
      ...(row.doubt_state !== null &&
        row.doubt_since !== null && {
          doubt: {
            state: row.doubt_state as ProbeState,
            since: toDate(row.doubt_since),
          },
        }),
      noted: { answers: Boolean(row.noted_answers), at: toDate(row.noted_at) },
    },
    targets: fromJson<string[]>(row.targets),
  };
}
