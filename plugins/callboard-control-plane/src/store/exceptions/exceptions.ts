import type { ExceptionKind } from '@callboard/plugin-callboard-common';
import type { Knex } from 'knex';
import { toDate } from '../instants';
import type { ExceptionRow } from '../tables';

/** What may violate a policy, or leave a blueprint, until it expires or is ended. */
export interface ExceptionRecord {
  id: string;
  kind: ExceptionKind;
  /** Of the policy or blueprint. */
  name: string;
  /** Of a policy an app or `app/environment`, of a blueprint a cluster. */
  target: string;
  why: string;
  createdBy: string;
  createdAt: Date;
  expiresAt: Date;
}

/** Records an exception that is made now. */
export async function insertException(
  tx: Knex.Transaction,
  exception: ExceptionRecord,
): Promise<void> {
  await tx('exceptions').insert({
    id: exception.id,
    kind: exception.kind,
    name: exception.name,
    target: exception.target,
    why: exception.why,
    created_by: exception.createdBy,
    created_at: exception.createdAt.getTime(),
    expires_at: exception.expiresAt.getTime(),
  });
}

/** Those that hold at an instant, those that expire first in front. */
export async function findExceptions(
  tx: Knex,
  { at, kind }: { at: Date; kind?: ExceptionKind },
): Promise<ExceptionRecord[]> {
  const rows: ExceptionRow[] = await tx('exceptions')
    .where(kind === undefined ? {} : { kind })
    .where('created_at', '<=', at.getTime())
    .where('expires_at', '>', at.getTime())
    .where(open =>
      open.whereNull('ended_at').orWhere('ended_at', '>', at.getTime()),
    )
    .orderBy(['expires_at', 'id']);
  return rows.map(toRecord);
}

/** Ends an exception. @returns what it was; undefined where none of this id holds */
export async function endException(
  tx: Knex.Transaction,
  { id, by }: { id: string; by: string },
  at: Date,
): Promise<ExceptionRecord | undefined> {
  const ended = await tx('exceptions')
    .where({ id })
    .whereNull('ended_at')
    .where('expires_at', '>', at.getTime())
    .update({ ended_at: at.getTime(), ended_by: by });
  const row: ExceptionRow | undefined =
    ended > 0 ? await tx('exceptions').where({ id }).first() : undefined;
  return row && toRecord(row);
}

function toRecord(row: ExceptionRow): ExceptionRecord {
  return {
    id: row.id,
    kind: row.kind === 'blueprint' ? 'blueprint' : 'policy',
    name: row.name,
    target: row.target,
    why: row.why,
    createdBy: row.created_by,
    createdAt: toDate(row.created_at),
    expiresAt: toDate(row.expires_at),
  };
}
