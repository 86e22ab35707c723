import type { ReleaseDetails } from '@callboard/plugin-callboard-common';
import { withoutNamesIn } from '@callboard/plugin-callboard-core';
import type { Router } from 'express';
import { answerOperation } from './answerOperation';
import { audited } from './audited';
import { findReadableApps } from './findReadableApps';
import type { RouterDeps } from './RouterDeps';
import { type ListOrder, pageOf, readPageRequest } from './pages';
import { readAt, unwrap } from './read';
import { readPromoter } from './readPromoter';

const RELEASES: ListOrder<ReleaseDetails, [number]> = {
  list: 'releases',
  keyOf: ({ number }) => [number],
  directions: ['descending'],
};

/** Releases of an app, their clusters with the reasons, and promotion to an environment. */
export function addEnvironmentRoutes(router: Router, deps: RouterDeps): void {
  const { controlPlane, guard, auditor } = deps;
  answerOperation(router, 'listReleases', async (req, res) => {
    const caller = await guard.identify(req);
    await guard.demandToSee(caller, req.params.app, readAt(req));
    const page = readPageRequest(req, { list: RELEASES.list, like: [0] });
    const releases = unwrap(
      await controlPlane.listReleases(req.params.app, {
        ...readAt(req),
        ...(page.after && { before: page.after[0] }),
        limit: page.limit + 1, // one more shows whether there is a next page
      }),
    );
    res.json(pageOf(releases, page, RELEASES));
  });

  answerOperation(router, 'getPlacement', async (req, res) => {
    const caller = await guard.identify(req);
    const { app, environment } = req.params;
    const at = readAt(req);
    await guard.demandToSee(caller, app, at);
    const placement = unwrap(
      await controlPlane.getPlacement(app, environment, at),
    );
    const readable = await findReadableApps(caller, deps, at);
    res.json(readable ? withoutNamesIn(placement, readable) : placement);
  });

  answerOperation(router, 'diffReleases', async (req, res) => {
    const caller = await guard.identify(req);
    const { app, environment, release } = req.params;
    await guard.demandToSee(caller, app);
    const { from } = req.query;
    res.json(
      unwrap(
        await controlPlane.diffReleases({
          app,
          environment,
          release: Number(release),
          ...(from !== undefined && { from: Number(from) }),
        }),
      ),
    );
  });

  answerOperation(router, 'promote', async (req, res) => {
    const caller = await guard.identify(req);
    const { app, environment } = req.params;
    const { release, replaces, why } = req.body;
    const meta = { app, environment, release };
    const answer = await audited(
      auditor,
      { eventId: 'app-promote', request: req, meta },
      async () => {
        const promoter = await readPromoter(deps, caller, app);
        return unwrap(
          await controlPlane.promote({
            app,
            environment,
            release,
            ...promoter,
            ...(replaces !== undefined && { replaces }),
            ...(why !== undefined && { why }),
          }),
        );
      },
    );
    res.status(202).json(answer);
  });
}
