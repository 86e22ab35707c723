import {
  type JournalEntry,
  type JournalKind,
  journalReadPermission,
} from '@callboard/plugin-callboard-common';
import { hideAppsOfJournal } from '@callboard/plugin-callboard-core';
import type { Router } from 'express';
import { findReadableApps } from './findReadableApps';
import { type ListOrder, pageOf, readPageRequest } from './pages';
import { readAt } from './read';
import type { RouterDeps } from './RouterDeps';

const JOURNAL: ListOrder<JournalEntry, [number]> = {
  list: 'journal',
  keyOf: ({ sequence }) => [sequence],
  directions: ['descending'],
};

/** What happened. */
export function addJournalRoutes(router: Router, deps: RouterDeps): void {
  const { controlPlane, guard } = deps;
  router.get('/journal', async (req, res) => {
    const caller = await guard.identify(req);
    await guard.demand(caller, journalReadPermission);
    const readable = await findReadableApps(caller, deps);
    const { app, cluster, actor, kind } = req.query;
    const page = readPageRequest(req, { list: JOURNAL.list, like: [0] });
    const entries = await controlPlane.listJournal({
      ...readAt(req),
      ...(typeof app === 'string' && { app }),
      ...(typeof cluster === 'string' && { cluster }),
      ...(typeof actor === 'string' && { actor }),
      ...(typeof kind === 'string' && { kind: kind as JournalKind }), // as the OpenAPI document says
      ...(page.after && { before: page.after[0] }),
      ...(readable && { onlyApps: readable.names }),
      limit: page.limit + 1, // one more says whether there is a next page
    });
    const visible = readable ? hideAppsOfJournal(entries, readable) : entries;
    res.json(pageOf(visible, page, JOURNAL));
  });
}
