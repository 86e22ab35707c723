import { clusterReadPermission } from '@callboard/plugin-callboard-common';
import { hideAppsOfReport } from '@callboard/plugin-callboard-core';
import type { Router } from 'express';
import { findReadableApps } from './findReadableApps';
import type { RouterDeps } from './RouterDeps';
import { unwrap } from './read';

/** What would become of the apps; changes nothing, so that who may see the fleet may ask. */
export function addWhatIfRoutes(router: Router, deps: RouterDeps): void {
  const { controlPlane, guard } = deps;
  router.post('/fleet/what-if', async (req, res) => {
    const caller = await guard.identify(req);
    await guard.demand(caller, clusterReadPermission);
    const report = unwrap(await controlPlane.askWhatIf(req.body));
    const readable = await findReadableApps(caller, deps);
    res.json(readable ? hideAppsOfReport(report, readable) : report);
  });
}
