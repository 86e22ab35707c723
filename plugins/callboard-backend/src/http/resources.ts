import type { Router } from 'express';
import { answerOperation } from './answerOperation';
import { audited } from './audited';
import type { RouterDeps } from './RouterDeps';
import { unwrap } from './read';
import { readPromoter } from './readPromoter';

/** What an app asks for beside its workloads, and new secrets for it. */
export function addResourceRoutes(router: Router, deps: RouterDeps): void {
  const { controlPlane, guard, auditor } = deps;
  answerOperation(router, 'listResources', async (req, res) => {
    const caller = await guard.identify(req);
    const { app, environment } = req.params;
    await guard.demandToSee(caller, app);
    res.json(unwrap(await controlPlane.listResources(app, environment)));
  });

  answerOperation(router, 'rotateSecrets', async (req, res) => {
    const caller = await guard.identify(req);
    const { app, environment, resource } = req.params;
    const rotation = await audited(
      auditor,
      {
        eventId: 'secrets-rotate',
        request: req,
        meta: { app, environment, resource },
      },
      async () => {
        const { actor, mayPromote } = await readPromoter(deps, caller, app);
        return unwrap(
          await controlPlane.rotateSecrets({
            app,
            environment,
            resource,
            actor,
            mayPromote,
          }),
        );
      },
    );
    res.status(202).json(rotation);
  });
}
