import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { toJson, toOptionalJson } from '../json';
import type { JournalRow } from '../tables';
import type { JournalMark } from './isInJournal';

/** A journal entry before it has a place in the chain. */
export interface JournalDraft {
  at: Date;
  /** Entity reference, or `system:placement`. */
  actor: string;
  action: string;
  app?: string;
  environment?: string;
  cluster?: string;
  release?: number;
  /** In words; never holds a secret. */
  message: string;
  why?: string;
  before?: unknown;
  after?: unknown;
}

/**
 * Appends entries to the journal, inside the transaction of the change that
 * they describe: there is no change without its entry and no entry without its
 * change.
 *
 * @returns the last entry written; `undefined` where there was nothing to write
 * @remarks Each hash covers the entry and the hash before it. Writers are
 *   serialized by locking the one row of `journal_head`.
 */
export async function appendJournal(
  tx: Knex.Transaction,
  drafts: readonly JournalDraft[],
): Promise<JournalMark | undefined> {
  if (drafts.length === 0) return undefined;
  const head = (await tx('journal_head')
    .where({ id: 1 })
    .forUpdate()
    .first()) as { sequence: number; hash: string };
  let { sequence, hash } = head;
  for (const draft of drafts) {
    sequence += 1;
    const row = toRow(draft, sequence);
    hash = hashEntry(row, hash);
    await tx('journal').insert({ ...row, hash });
  }
  await tx('journal_head').where({ id: 1 }).update({ sequence, hash });
  return { sequence, hash };
}

/** Hash of an entry that follows one with hash `previous`. */
export function hashEntry(
  row: Omit<JournalRow, 'hash'>,
  previous: string,
): string {
  const content = toJson({ ...row, at: Number(row.at) });
  return createHash('sha256')
    .update(previous)
    .update('\n')
    .update(content)
    .digest('hex');
}

function toRow(
  draft: JournalDraft,
  sequence: number,
): Omit<JournalRow, 'hash'> {
  return {
    sequence,
    at: draft.at.getTime(),
    actor: draft.actor,
    action: draft.action,
    app: draft.app ?? null,
    environment: draft.environment ?? null,
    cluster: draft.cluster ?? null,
    release: draft.release ?? null,
    message: draft.message,
    why: draft.why ?? null,
    before: toOptionalJson(draft.before),
    after: toOptionalJson(draft.after),
  };
}
