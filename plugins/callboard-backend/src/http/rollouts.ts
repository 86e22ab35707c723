import type { Router } from 'express';
import { answerOperation } from './answerOperation';
import { audited } from './audited';
import type { RouterDeps } from './RouterDeps';
import { readAt, unwrap } from './read';
import { readPromoter } from './readPromoter';

/** Rollouts of a release over the clusters of an environment, and people's decisions about them. */
export function addRolloutRoutes(router: Router, deps: RouterDeps): void {
  const { controlPlane, guard, auditor } = deps;
  answerOperation(router, 'getRollout', async (req, res) => {
    const caller = await guard.identify(req);
    const { app, environment } = req.params;
    await guard.demandToSee(caller, app, readAt(req));
    res.json(
      unwrap(await controlPlane.getRollout(app, environment, readAt(req))),
    );
  });

  answerOperation(router, 'steerRollout', async (req, res) => {
    const caller = await guard.identify(req);
    const { app, environment, action } = req.params;
    const version = req.body?.version;
    await audited(
      auditor,
      {
        eventId: 'rollout-steer',
        request: req,
        meta: { app, environment, action },
      },
      async () => {
        const promoter = await readPromoter(deps, caller, app);
        unwrap(
          await controlPlane.steerRollout({
            app,
            environment,
            action,
            ...promoter,
            ...(version !== undefined && { version }),
          }),
        );
      },
    );
    res.status(202).end();
  });
}
