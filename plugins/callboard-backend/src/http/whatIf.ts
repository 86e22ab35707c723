import { clusterReadPermission } from '@callboard/plugin-callboard-common';
import type { Router } from 'express';
import type { RouterDeps } from './RouterDeps';
import { unwrap } from './read';

/** What would become of the apps; changes nothing, so that who may see the fleet may ask. */
export function addWhatIfRoutes(
  router: Router,
  { controlPlane, guard }: RouterDeps,
): void {
  router.post('/fleet/what-if', async (req, res) => {
    await guard.demand(await guard.identify(req), clusterReadPermission);
    res.json(unwrap(await controlPlane.askWhatIf(req.body)));
  });
}
