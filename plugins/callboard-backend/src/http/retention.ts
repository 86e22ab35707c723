import {
  type Retention,
  clusterManagePermission,
} from '@callboard/plugin-callboard-common';
import type { Router } from 'express';
import { answerOperation } from './answerOperation';
import { findReadableApps } from './findReadableApps';
import type { RouterDeps } from './RouterDeps';

/** The data that is kept, and the data that the next sweep removes: for the platform team. */
export function addRetentionRoutes(router: Router, deps: RouterDeps): void {
  const { guard, retention } = deps;
  answerOperation(router, 'getRetention', async (req, res) => {
    const caller = await guard.identify(req);
    await guard.demand(caller, clusterManagePermission);
    const readable = await findReadableApps(caller, deps);
    const answer: Retention = await retention.read();
    res.json(
      readable
        ? {
            ...answer,
            images: answer.images.filter(({ app }) =>
              readable.names.includes(app),
            ),
          }
        : answer,
    );
  });
}
