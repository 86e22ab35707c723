import type { ControlPlane } from '@callboard/plugin-callboard-control-plane';
import type { Request, Router } from 'express';
import { answerOperation } from './answerOperation';
import { audited } from './audited';
import type { RouterDeps } from './RouterDeps';
import { isTrue, readWhy, unwrap } from './read';
import { readPromoter } from './readPromoter';

type Action = Parameters<ControlPlane['operateEnvironment']>[0]['action'];

/** Operations that stop, start, restart and scale apps in their environments. */
export function addOperationRoutes(router: Router, deps: RouterDeps): void {
  const { controlPlane, guard, auditor } = deps;
  answerOperation(router, 'operateEnvironment', async (req, res) => {
    const caller = await guard.identify(req);
    const { app, environment } = req.params;
    const { action, requestId } = req.body;
    const dryRun = isTrue(req.query.dryRun);
    const answer = await audited(
      auditor,
      {
        eventId: 'environment-operate',
        request: req,
        meta: { app, environment, action, dryRun },
      },
      async () => {
        const { actor, mayPromote } = await readPromoter(deps, caller, app);
        return unwrap(
          await controlPlane.operateEnvironment({
            app,
            environment,
            action: actionOf(req),
            actor,
            mayPromote,
            dryRun,
            ...readWhy(req),
            ...(requestId !== undefined && { requestId }),
          }),
        );
      },
    );
    res.status(dryRun ? 200 : 202).json(answer);
  });
}

function actionOf({ body: { action, replicas } }: Request): Action {
  return action === 'scale'
    ? { kind: action, ...(replicas !== undefined && { replicas }) }
    : { kind: action };
}
