import type { Audit, AuditRow } from '@callboard/plugin-callboard-common';
import { describeAudit, writeAuditCsv } from '@callboard/plugin-callboard-core';
import type { Request, Router } from 'express';
import { answerOperation } from './answerOperation';
import { type ListOrder, pageOf, readPageRequest } from './pages';
import { readAt } from './read';
import { findReadableApps } from './findReadableApps';
import type { RouterDeps } from './RouterDeps';

const MOST_CSV_ROWS = 10_000;

const AUDIT: ListOrder<AuditRow, [string, string]> = {
  list: 'audit',
  keyOf: ({ app, environment }) => [app, environment],
  directions: ['ascending', 'ascending'],
};

/** Audit of placement: whether every app that the caller may see runs on all the right clusters, and only there. */
export function addAuditRoutes(router: Router, deps: RouterDeps): void {
  const { controlPlane, guard } = deps;
  async function readVisible(req: Request) {
    const caller = await guard.identify(req);
    const readable = await findReadableApps(caller, deps);
    const { at, rows } = await controlPlane.readAudit(readAt(req));
    return {
      at,
      rows: readable ? rows.filter(({ app }) => readable.mayRead(app)) : rows,
    };
  }

  answerOperation(router, 'getAudit', async (req, res) => {
    const page = readPageRequest(req, { list: AUDIT.list, like: ['', ''] });
    const { at, rows } = await readVisible(req);
    const audit: Audit = {
      at: at.toISOString(),
      sentence: describeAudit(rows, each => each.toISOString()),
      ...pageOf(rows, page, AUDIT),
    };
    res.json(audit);
  });

  answerOperation(router, 'exportAudit', async (req, res) => {
    const { at, rows } = await readVisible(req);
    const sorted = pageOf(rows, { limit: rows.length }, AUDIT).items;
    const day = at.toISOString().slice(0, 10);
    res
      .attachment(`audit-${day}.csv`)
      .type('text/csv')
      .send(writeAuditCsv(at, sorted, { most: MOST_CSV_ROWS }));
  });
}
