import type { Router } from 'express';
import { answerOperation } from './answerOperation';
import { audited } from './audited';
import type { RouterDeps } from './RouterDeps';
import { unwrap } from './read';

/** Objects of an app on one cluster. Read from the cluster at that moment, so it is audited. */
export function addDeploymentRoutes(
  router: Router,
  { controlPlane, guard, auditor }: RouterDeps,
): void {
  answerOperation(router, 'readKubernetesView', async (req, res) => {
    const caller = await guard.identify(req);
    const { app, environment, cluster } = req.params;
    const meta = { app, environment, cluster };
    const event = {
      eventId: 'kubernetes-read',
      severityLevel: 'low',
      request: req,
      meta,
    } as const;
    const view = await audited(auditor, event, async () => {
      await guard.demandToSee(caller, app);
      return unwrap(
        await controlPlane.readKubernetesView({ app, environment, cluster }),
      );
    });
    res.json(view);
  });
}
