import type { Router } from 'express';
import { answerOperation } from './answerOperation';
import { audited } from './audited';
import type { RouterDeps } from './RouterDeps';
import { isTrue, readAt, unwrap } from './read';
import { readPromoter } from './readPromoter';

/** What an app asks for beside its workloads, new secrets for it, and what its instances use. */
export function addResourceRoutes(router: Router, deps: RouterDeps): void {
  const { controlPlane, guard, auditor } = deps;
  answerOperation(router, 'listResources', async (req, res) => {
    const caller = await guard.identify(req);
    const { app, environment } = req.params;
    await guard.demandToSee(caller, app);
    res.json(unwrap(await controlPlane.listResources(app, environment)));
  });

  answerOperation(router, 'getUsage', async (req, res) => {
    const caller = await guard.identify(req);
    const { app, environment } = req.params;
    await guard.demandToSee(caller, app);
    res.json(unwrap(await controlPlane.getUsage(app, environment)));
  });

  answerOperation(router, 'listKeptData', async (req, res) => {
    const caller = await guard.identify(req);
    const { app } = req.params;
    const reader = await readPromoter(deps, caller, app, { orDeleted: true });
    res.json(
      unwrap(
        await controlPlane.listKeptData({ app, ...reader, ...readAt(req) }),
      ),
    );
  });

  answerOperation(router, 'deleteData', async (req, res) => {
    const caller = await guard.identify(req);
    const { app, environment, cluster } = req.params;
    const forget = isTrue(req.query.forget);
    const deletion = await audited(
      auditor,
      {
        eventId: 'data-delete',
        request: req,
        meta: { app, environment, cluster, forget },
      },
      async () => {
        const promoter = await readPromoter(deps, caller, app, {
          orDeleted: true,
        });
        return unwrap(
          await controlPlane.deleteData({
            app,
            environment,
            cluster,
            forget,
            ...promoter,
          }),
        );
      },
    );
    res.status(202).json(deletion);
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
