import type { ChangeSignal } from '@callboard/plugin-callboard-common';
import type { Knex } from 'knex';
import {
  type Fence,
  type JournalDraft,
  appendJournal,
  checkFence,
} from '../store';
import type { Recorder } from './roles';
import { commitOnce } from './commitOnce';
import type { Work } from './Work';

/** Consequences of a change. */
export interface Consequences {
  /** Written with the change, in the same transaction. */
  journal(entry: JournalDraft): void;
  /** Published once the change is recorded. */
  signal(change: ChangeSignal): void;
  /** Queued once the change is recorded. */
  wake(work: Work): void;
}

/**
 * Records a change in one transaction, together with its journal entries, and
 * only then publishes it. Rolled back as a whole when the lease under which it
 * was prepared is no longer held (`LeaseLostError`).
 *
 * Consequences that are lost with the process are found again at the next
 * start, which reconciles everything.
 */
export async function record<T>(
  context: Recorder,
  fence: Fence | undefined,
  write: (tx: Knex.Transaction, consequences: Consequences) => Promise<T>,
): Promise<T> {
  const entries: JournalDraft[] = [];
  const signals = new Map<string, ChangeSignal>();
  const works: Work[] = [];
  const value = await commitOnce(context.deps, async tx => {
    if (fence) await checkFence(tx, fence);
    const written = await write(tx, {
      journal: entry => entries.push(entry),
      signal: change =>
        signals.set(`${change.kind}/${change.name ?? ''}`, change),
      wake: work => works.push(work),
    });
    return { written, mark: await appendJournal(tx, entries) };
  });
  for (const { action, app, environment, cluster, release } of entries) {
    context.deps.logger.info(
      action,
      withoutUndefined({ app, environment, cluster, release }),
    );
  }
  if (entries.length > 0) signals.set('journal/', { kind: 'journal' });
  for (const work of works) context.queue.add(work);
  for (const change of signals.values()) context.changes.notify(change);
  return value;
}

function withoutUndefined(
  facts: Record<string, string | number | undefined>,
): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(facts).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  );
}
