import {
  ProblemError,
  appUpdatePermission,
} from '@callboard/plugin-callboard-common';
import type { Router } from 'express';
import { answerOperation } from './answerOperation';
import { audited } from './audited';
import { appNotFound } from './Guard';
import type { RouterDeps } from './RouterDeps';
import { isTrue, readWhy, unwrap } from './read';

/** Changes of the title, description or owner of an app. */
export function addChangeRoutes(router: Router, deps: RouterDeps): void {
  const { auditor, controlPlane, guard, guardOwner } = deps;

  answerOperation(router, 'changeApp', async (req, res) => {
    const caller = await guard.identify(req);
    const { app } = req.params;
    const { title, description, owner: to } = req.body;
    const dryRun = isTrue(req.query.dryRun);
    const answer = await audited(
      auditor,
      {
        eventId: 'app-change',
        request: req,
        meta: { app, dryRun, ...(to !== undefined && { owner: to }) },
      },
      async () => {
        await guard.demandToSee(caller, app);
        const owned = await controlPlane.findOwnedApp(app);
        if (!owned) throw new ProblemError(appNotFound(app));
        if (!(await guard.mayForApp(caller, appUpdatePermission, app)))
          throw new ProblemError({
            code: 'not-allowed',
            what: `Cannot change "${app}"`,
            why: `only ${owned.owner} and the platform team may`,
            next: `Ask ${owned.owner}`,
            transient: false,
          });
        const { credentials } = caller;
        const owner =
          to === undefined
            ? undefined
            : unwrap(
                await guardOwner({
                  app,
                  from: owned.owner,
                  to,
                  ...(credentials && { credentials }),
                }),
              );
        const ownershipRefs = await guard.ownershipRefs(caller);
        return unwrap(
          await controlPlane.changeApp({
            app,
            owner: owned.owner,
            actor: caller.actor,
            asked: {
              ...(title !== undefined && { title }),
              ...(description !== undefined && { description }),
              ...(owner !== undefined && { owner }),
            },
            ...(ownershipRefs && { ownershipRefs }),
            dryRun,
            ...readWhy(req),
          }),
        );
      },
    );
    res.json(answer);
  });
}
