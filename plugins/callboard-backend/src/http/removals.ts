import { appDeletePermission } from '@callboard/plugin-callboard-common';
import type { ControlPlane } from '@callboard/plugin-callboard-control-plane';
import { setAsideDeleted } from '@callboard/plugin-callboard-git-node';
import type { Request, Router } from 'express';
import { deletedAppsOf } from '../deletedAppsOf';
import { answerOperation } from './answerOperation';
import { audited } from './audited';
import type { RouterDeps } from './RouterDeps';
import { isTrue, readWhy, unwrap } from './read';
import { readPromoter } from './readPromoter';

type Removal = Parameters<ControlPlane['removeApp']>[0];

/** Removal of apps from their environments, and deletion of apps. */
export function addRemovalRoutes(router: Router, deps: RouterDeps): void {
  const { controlPlane, guard, auditor, pushes, logger } = deps;

  answerOperation(router, 'removeFromEnvironment', async (req, res) => {
    const caller = await guard.identify(req);
    const { app, environment } = req.params;
    const asked = readRemoval(req);
    const answer = await audited(
      auditor,
      {
        eventId: 'environment-remove',
        request: req,
        meta: { app, environment, dryRun: asked.dryRun },
      },
      async () => {
        const { actor, mayPromote } = await readPromoter(deps, caller, app);
        return unwrap(
          await controlPlane.removeApp({
            app,
            environment,
            actor,
            mayRemove: mayPromote,
            ...asked,
          }),
        );
      },
    );
    res.status(asked.dryRun ? 200 : 202).json(answer);
  });

  answerOperation(router, 'deleteApp', async (req, res) => {
    const caller = await guard.identify(req);
    const { app } = req.params;
    const asked = readRemoval(req);
    const answer = await audited(
      auditor,
      {
        eventId: 'app-delete',
        request: req,
        meta: { app, dryRun: asked.dryRun },
      },
      async () => {
        const { actor } = await readPromoter(deps, caller, app);
        const mayRemove = await guard.mayForApp(
          caller,
          appDeletePermission,
          app,
        );
        return unwrap(
          await controlPlane.removeApp({ app, actor, mayRemove, ...asked }),
        );
      },
    );
    if (!asked.dryRun)
      await setAsideDeleted(app, pushes, deletedAppsOf(deps)).catch(error =>
        // The next sweep retries.
        logger.error(`Cannot put the repository of ${app} aside`, error),
      );
    res.status(asked.dryRun ? 200 : 202).json(answer);
  });
}

type Asked = Pick<Removal, 'confirm' | 'why'> & { dryRun: boolean };

function readRemoval(req: Request): Asked {
  const confirm: string | undefined = req.body?.confirm;
  return {
    dryRun: isTrue(req.query.dryRun),
    ...(confirm !== undefined && { confirm }),
    ...readWhy(req),
  };
}
