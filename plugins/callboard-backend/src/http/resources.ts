import {
  type KeptData,
  appPromotePermission,
} from '@callboard/plugin-callboard-common';
import type { Router } from 'express';
import { answerOperation } from './answerOperation';
import { audited } from './audited';
import { findReadableApps, onlyAppsOf } from './findReadableApps';
import { type ListOrder, pageOf, readPageRequest } from './pages';
import type { RouterDeps } from './RouterDeps';
import { isTrue, readAt, unwrap } from './read';
import { readPromoter } from './readPromoter';

const LEFT_DATA: ListOrder<KeptData, [string, string, string]> = {
  list: 'data-of-deleted-apps',
  keyOf: ({ app, environment, cluster }) => [app, environment, cluster],
  directions: ['ascending', 'ascending', 'ascending'],
};

/** Resources of an app, rotation of their secrets, and resource usage of its instances. */
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

  answerOperation(router, 'listDataOfDeletedApps', async (req, res) => {
    const caller = await guard.identify(req);
    const readable = await findReadableApps(caller, deps);
    const ownershipRefs = await guard.ownershipRefs(caller);
    const page = readPageRequest(req, {
      list: LEFT_DATA.list,
      like: ['', '', ''],
    });
    const left = await controlPlane.listDataOfDeletedApps({
      ...readAt(req),
      ...onlyAppsOf(readable),
      ...(page.after && { after: placeOf(page.after) }),
      limit: page.limit + 1, // one more shows whether there is a next page
      actor: caller.actor,
      ...(ownershipRefs && { ownershipRefs }),
      mayPromote: await guard.filterApps(caller, appPromotePermission),
    });
    res.json(pageOf(left, page, LEFT_DATA));
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

function placeOf([app, environment, cluster]: readonly string[]) {
  return { app, environment, cluster };
}
