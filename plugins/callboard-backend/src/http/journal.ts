import {
  type ItemList,
  type JournalEntry,
  type JournalKind,
  ProblemError,
  journalReadPermission,
} from '@callboard/plugin-callboard-common';
import { hideAppsOfJournal } from '@callboard/plugin-callboard-core';
import type { Request, Router } from 'express';
import { answerOperation } from './answerOperation';
import { cursorInvalid, encodeCursor } from './cursor';
import { findReadableApps } from './findReadableApps';
import {
  type ListOrder,
  type PageRequest,
  pageOf,
  readPageRequest,
} from './pages';
import { readAt } from './read';
import type { RouterDeps } from './RouterDeps';
import { sealEntry } from './sealEntry';
import type { SequenceCipher } from './SequenceCipher';

const JOURNAL: ListOrder<JournalEntry, [number]> = {
  list: 'journal',
  keyOf: ({ sequence = 0 }) => [sequence],
  directions: ['descending'],
};
const SEALED = 'sealed-journal';

/** Entries of the journal. */
export function addJournalRoutes(router: Router, deps: RouterDeps): void {
  const { controlPlane, guard, sequences } = deps;
  answerOperation(router, 'listJournal', async (req, res) => {
    const caller = await guard.identify(req);
    await guard.demand(caller, journalReadPermission);
    const readable = await findReadableApps(caller, deps);
    const { app, cluster, actor, kind } = req.query;
    const page = readable
      ? readSealedPageRequest(req, sequences)
      : readPageRequest(req, { list: JOURNAL.list, like: [0] });
    const entries = await controlPlane.listJournal({
      ...readAt(req),
      ...(typeof app === 'string' && { app }),
      ...(typeof cluster === 'string' && { cluster }),
      ...(typeof actor === 'string' && { actor }),
      ...(typeof kind === 'string' && { kind: kind as JournalKind }), // validated by the OpenAPI document
      ...(page.after && { before: page.after[0] }),
      ...(readable && { onlyApps: readable.names }),
      limit: page.limit + 1, // one more shows whether there is a next page
    });
    if (!readable) {
      res.json(pageOf(entries, page, JOURNAL));
      return;
    }
    const visible = hideAppsOfJournal(entries, readable);
    res.json(sealPage(pageOf(visible, page, JOURNAL), sequences));
  });
}

function readSealedPageRequest(
  req: Request,
  sequences: SequenceCipher,
): PageRequest<[number]> {
  const { limit, after } = readPageRequest(req, { list: SEALED, like: [''] });
  const sequence = after && sequences.open(after[0]);
  if (after && sequence === undefined)
    throw new ProblemError(cursorInvalid(JOURNAL.list));
  return { limit, ...(sequence !== undefined && { after: [sequence] }) };
}

/** Returns the page with opaque positions. */
function sealPage(
  { items, nextCursor }: ItemList<JournalEntry>,
  sequences: SequenceCipher,
): ItemList<JournalEntry> {
  const sealed = items.map(entry => sealEntry(entry, sequences));
  const last = sealed.at(-1);
  return {
    items: sealed,
    ...(nextCursor !== undefined &&
      last && { nextCursor: encodeCursor(SEALED, [last.hash]) }),
  };
}
