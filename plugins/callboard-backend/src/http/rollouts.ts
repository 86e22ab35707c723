import { appPromotePermission } from '@callboard/plugin-callboard-common';
import type { Router } from 'express';
import { answerOperation } from './answerOperation';
import { audited } from './audited';
import type { RouterDeps } from './RouterDeps';
import { readAt, unwrap } from './read';

/** How a release moves over the clusters of an environment, and what a person says to that. */
export function addRolloutRoutes(
  router: Router,
  { controlPlane, guard, auditor }: RouterDeps,
): void {
  answerOperation(router, 'getRollout', async (req, res) => {
    const caller = await guard.identify(req);
    const { app, environment } = req.params;
    await guard.demandToSee(caller, app);
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
        await guard.demandToSee(caller, app);
        unwrap(await controlPlane.getApp(app)); // an app that is not there is 404, not 403
        // Who must approve a rollback may belong to another group than the owner: the use case judges both.
        const mayPromote = await guard.mayForApp(
          caller,
          appPromotePermission,
          app,
        );
        const ownershipRefs = await guard.ownershipRefs(caller);
        unwrap(
          await controlPlane.steerRollout({
            app,
            environment,
            action,
            actor: caller.actor,
            mayPromote,
            ...(ownershipRefs && { ownershipRefs }),
            ...(version !== undefined && { version }),
          }),
        );
      },
    );
    res.status(202).end();
  });
}
