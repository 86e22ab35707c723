import { journalReadPermission } from '@callboard/plugin-callboard-common';
import type { Router } from 'express';
import { readAt } from './read';
import type { RouterDeps } from './RouterDeps';

const DEFAULT_LIMIT = 100; // as the OpenAPI document says

/** What happened. */
export function addJournalRoutes(
  router: Router,
  { controlPlane, guard }: RouterDeps,
): void {
  router.get('/journal', async (req, res) => {
    await guard.demand(await guard.identify(req), journalReadPermission);
    const { app, cluster, before, limit } = req.query;
    const items = await controlPlane.listJournal({
      ...readAt(req),
      ...(typeof app === 'string' && { app }),
      ...(typeof cluster === 'string' && { cluster }),
      ...(before !== undefined && { before: Number(before) }),
      limit: limit === undefined ? DEFAULT_LIMIT : Number(limit),
    });
    res.json({ items });
  });
}
