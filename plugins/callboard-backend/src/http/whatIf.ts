import { clusterReadPermission } from '@callboard/plugin-callboard-common';
import { withoutNamesIn } from '@callboard/plugin-callboard-core';
import type { Router } from 'express';
import { answerOperation } from './answerOperation';
import { findReadableApps, onlyAppsOf } from './findReadableApps';
import type { RouterDeps } from './RouterDeps';
import { unwrap } from './read';

/** What-if previews for apps; they change nothing, so everyone who may see the fleet may use them. */
export function addWhatIfRoutes(router: Router, deps: RouterDeps): void {
  const { controlPlane, guard } = deps;
  answerOperation(router, 'askWhatIf', async (req, res) => {
    const caller = await guard.identify(req);
    await guard.demand(caller, clusterReadPermission);
    const readable = await findReadableApps(caller, deps);
    const report = unwrap(
      await controlPlane.askWhatIf(req.body, onlyAppsOf(readable)),
    );
    res.json(readable ? withoutNamesIn(report, readable) : report);
  });
}
