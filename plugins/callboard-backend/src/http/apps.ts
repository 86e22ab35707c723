import {
  type App,
  appCreatePermission,
  appDeletePermission,
  appPromotePermission,
  appUpdatePermission,
  ok,
} from '@callboard/plugin-callboard-common';
import { pushFiles } from '@callboard/plugin-callboard-git-node';
import type { Router } from 'express';
import { answerOperation } from './answerOperation';
import { audited } from './audited';
import { findReadableApps } from './findReadableApps';
import { forViewer } from './forViewer';
import type { RouterDeps } from './RouterDeps';
import { demandOwner, describeAuthor } from './newApp';
import { type ListOrder, pageOf, readPageRequest } from './pages';
import { readAt, unwrap } from './read';

const MAX_CATALOG_INFO_BYTES = 256 * 1024; // many times what an entity needs

const APPS: ListOrder<App, [string]> = {
  list: 'apps',
  keyOf: ({ name }) => [name],
  directions: ['ascending'],
};

/** Apps: list, read, create, and the catalog-info.yaml of an app. */
export function addAppRoutes(router: Router, deps: RouterDeps): void {
  const { controlPlane, guard, guardName, auditor, pushes, sequences, now } =
    deps;

  answerOperation(router, 'listApps', async (req, res) => {
    const caller = await guard.identify(req);
    const page = readPageRequest(req, { list: APPS.list, like: [''] });
    const mayPromote = await guard.filterApps(caller, appPromotePermission);
    const mayDelete = await guard.filterApps(caller, appDeletePermission);
    const mayChange = await guard.filterApps(caller, appUpdatePermission);
    const ownershipRefs = await guard.ownershipRefs(caller);
    const asOf = readAt(req);
    const readable = await findReadableApps(caller, deps, asOf);
    const apps = readable?.apps ?? (await controlPlane.listApps(asOf));
    const owned = asOf.at ? await controlPlane.listApps() : apps; // permissions are current
    const promotable = new Set(
      owned.filter(mayPromote).map(({ name }) => name),
    );
    const deletable = new Set(owned.filter(mayDelete).map(({ name }) => name));
    const changeable = new Set(owned.filter(mayChange).map(({ name }) => name));
    const visible = apps.map(app =>
      forViewer(app, {
        mayPromote: promotable.has(app.name),
        mayDelete: deletable.has(app.name),
        mayChange: changeable.has(app.name),
        ownershipRefs,
        ...(readable && { sequences }),
      }),
    );
    res.json(pageOf(visible, page, APPS));
  });

  answerOperation(router, 'createApp', async (req, res) => {
    const caller = await guard.identify(req);
    const { name, owner, files, message = 'Create the app' } = req.body;
    const app = await audited(
      auditor,
      { eventId: 'app-create', request: req, meta: { app: name, owner } },
      async () => {
        await guard.demand(caller, appCreatePermission);
        const ownershipRefs = (await guard.ownershipRefs(caller)) ?? [owner];
        demandOwner({ app: name, owner, ownershipRefs });
        const { credentials } = caller;
        unwrap(
          await guardName(name, {
            ownershipRefs,
            owner,
            ...(credentials && { credentials }),
          }),
        );
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

  answerOperation(router, 'getApp', async (req, res) => {
    const caller = await guard.identify(req);
    const { app: name } = req.params;
    const asOf = readAt(req);
    const { isForAll } = await guard.demandToSee(caller, name, asOf);
    const app = unwrap(await controlPlane.getApp(name, asOf));
    const mayPromote = await guard.filterApps(caller, appPromotePermission);
    const mayDelete = await guard.filterApps(caller, appDeletePermission);
    const mayChange = await guard.filterApps(caller, appUpdatePermission);
    const owned = asOf.at ? await controlPlane.getApp(name) : ok(app); // permissions are current, judged by the owner that is shown
    const viewer = {
      mayPromote: owned.ok && mayPromote(owned.value),
      mayDelete: owned.ok && mayDelete(owned.value),
      mayChange: owned.ok && mayChange(owned.value),
      ownershipRefs: await guard.ownershipRefs(caller),
      ...(!isForAll && { sequences }),
    };
    res.json(forViewer(app, viewer));
  });

  answerOperation(router, 'getCatalogInfo', async (req, res) => {
    const caller = await guard.identify(req);
    const { app } = req.params;
    await guard.demandToSee(caller, app);
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
