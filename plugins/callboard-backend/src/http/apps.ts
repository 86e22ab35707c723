import {
  appCreatePermission,
  appReadPermission,
} from '@callboard/plugin-callboard-common';
import { pushFiles } from '@callboard/plugin-callboard-control-plane';
import type { Router } from 'express';
import { audited } from './audited';
import type { RouterDeps } from './RouterDeps';
import { demandOwner, describeAuthor } from './newApp';
import { readAt, unwrap } from './read';

const MAX_CATALOG_INFO_BYTES = 256 * 1024; // what an entity takes, many times over

/** Apps: list, one, create, and what an app says of itself to the catalog. */
export function addAppRoutes(router: Router, deps: RouterDeps): void {
  const { controlPlane, guard, auditor, pushes, now } = deps;

  router.get('/apps', async (req, res) => {
    const caller = await guard.identify(req);
    const isVisible = await guard.filterApps(caller, appReadPermission);
    const apps = await controlPlane.listApps(readAt(req));
    res.json({ items: apps.filter(isVisible) });
  });

  router.post('/apps', async (req, res) => {
    const caller = await guard.identify(req);
    const { name, owner, files, message = 'Create the app' } = req.body;
    const app = await audited(
      auditor,
      { eventId: 'app-create', request: req, meta: { app: name, owner } },
      async () => {
        await guard.demand(caller, appCreatePermission);
        const ownershipRefs = (await guard.ownershipRefs(caller)) ?? [owner];
        demandOwner({ app: name, owner, ownershipRefs });
        const author = describeAuthor(caller.actor);
        const pusher = { actor: caller.actor, owner, ownershipRefs };
        unwrap(
          await pushFiles(
            { app: name, files, message, author, pusher, at: now() },
            pushes,
          ),
        );
        return unwrap(await controlPlane.getApp(name));
      },
    );
    res.status(201).json(app);
  });

  router.get('/apps/:app', async (req, res) => {
    const caller = await guard.identify(req);
    await guard.demandForApp(caller, appReadPermission, req.params.app);
    res.json(unwrap(await controlPlane.getApp(req.params.app, readAt(req))));
  });

  router.get('/apps/:app/catalog-info', async (req, res) => {
    const caller = await guard.identify(req);
    const { app } = req.params;
    await guard.demandForApp(caller, appReadPermission, app);
    unwrap(await controlPlane.getApp(app));
    const revision = await pushes.repositories.readHead(app);
    const text =
      revision &&
      unwrap(
        await pushes.repositories.readFile(
          app,
          revision,
          'catalog-info.yaml',
          MAX_CATALOG_INFO_BYTES,
        ),
      );
    res.json({ revision: revision ?? null, text: text ?? null });
  });
}
