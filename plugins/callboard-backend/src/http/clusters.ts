import {
  clusterManagePermission,
  clusterReadPermission,
} from '@callboard/plugin-callboard-common';
import type { Router } from 'express';
import { audited } from './audited';
import type { RouterDeps } from './RouterDeps';
import { readAt, unwrap } from './read';

/** The fleet, its clusters, and the blueprints they may run. */
export function addClusterRoutes(
  router: Router,
  { auditor, controlPlane, guard }: RouterDeps,
): void {
  router.get('/fleet', async (req, res) => {
    await guard.demand(await guard.identify(req), clusterReadPermission);
    res.json(await controlPlane.getFleetSummary(readAt(req)));
  });

  router.get('/blueprints', async (req, res) => {
    await guard.demand(await guard.identify(req), clusterReadPermission);
    res.json({ items: await controlPlane.listBlueprints(readAt(req)) });
  });

  router.get('/clusters', async (req, res) => {
    await guard.demand(await guard.identify(req), clusterReadPermission);
    res.json({ items: await controlPlane.listClusters(readAt(req)) });
  });

  router.post('/clusters', async (req, res) => {
    const caller = await guard.identify(req);
    const { name, labels, blueprint, exposure } = req.body;
    const invited = await audited(
      auditor,
      { eventId: 'cluster-invite', request: req, meta: { cluster: name } },
      async () => {
        await guard.demand(caller, clusterManagePermission);
        return unwrap(
          await controlPlane.inviteCluster({
            name,
            ...(labels !== undefined && { labels }),
            ...(blueprint !== undefined && { blueprint }),
            ...(exposure !== undefined && { exposure }),
            actor: caller.actor,
          }),
        );
      },
    );
    res.set('cache-control', 'no-store').status(201).json(invited);
  });

  router.post('/clusters/:cluster/join', async (req, res) => {
    const caller = await guard.identify(req);
    const { cluster } = req.params;
    const invited = await audited(
      auditor,
      { eventId: 'cluster-invite', request: req, meta: { cluster } },
      async () => {
        await guard.demand(caller, clusterManagePermission);
        const { actor } = caller;
        return unwrap(await controlPlane.renewInvitation({ cluster, actor }));
      },
    );
    res.set('cache-control', 'no-store').status(201).json(invited);
  });

  router.delete('/clusters/:cluster', async (req, res) => {
    const caller = await guard.identify(req);
    const { cluster } = req.params;
    const removed = await audited(
      auditor,
      {
        eventId: 'cluster-remove',
        severityLevel: 'high',
        request: req,
        meta: { cluster },
      },
      async () => {
        await guard.demand(caller, clusterManagePermission);
        const { actor } = caller;
        return unwrap(await controlPlane.removeCluster({ cluster, actor }));
      },
    );
    res.json(removed);
  });

  router.get('/clusters/:cluster', async (req, res) => {
    await guard.demand(await guard.identify(req), clusterReadPermission);
    res.json(
      unwrap(await controlPlane.getCluster(req.params.cluster, readAt(req))),
    );
  });
}
