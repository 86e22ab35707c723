import { clusterReadPermission } from '@callboard/plugin-callboard-common';
import type { Router } from 'express';
import type { RouterDeps } from './RouterDeps';
import { readAt, unwrap } from './read';

/** The fleet, its clusters, and the blueprints they may run. */
export function addClusterRoutes(
  router: Router,
  { controlPlane, guard }: RouterDeps,
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

  router.get('/clusters/:cluster', async (req, res) => {
    await guard.demand(await guard.identify(req), clusterReadPermission);
    res.json(
      unwrap(await controlPlane.getCluster(req.params.cluster, readAt(req))),
    );
  });
}
