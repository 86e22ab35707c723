import type { ExceptionKind } from '@callboard/plugin-callboard-common';
import type { Knex } from 'knex';
import { toDate } from '../instants';
import type { ExceptionRow } from '../tables';

/** An exception from a policy or a blueprint, until it expires or is ended. */
export interface ExceptionRecord {
  id: string;
  kind: ExceptionKind;
  /** Of the policy or blueprint. */
  name: string;
  /** For a policy an app or `app/environment`, for a blueprint a cluster. */
  target: string;
  why: string;
  createdBy: string;
  createdAt: Date;
  expiresAt: Date;
}

/** Records a new exception. */
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

/** Exceptions that are in force at an instant, the first to expire first. */
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

/** Ends an exception. @returns the exception; undefined where none with this id is in force */
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
