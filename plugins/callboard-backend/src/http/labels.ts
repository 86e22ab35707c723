import { clusterManagePermission } from '@callboard/plugin-callboard-common';
import type { Router } from 'express';
import { answerOperation } from './answerOperation';
import { audited } from './audited';
import type { RouterDeps } from './RouterDeps';
import { unwrap } from './read';

/** Manual labels of a cluster, in addition to those of its source. */
export function addLabelRoutes(
  router: Router,
  { controlPlane, guard, auditor }: RouterDeps,
): void {
  answerOperation(router, 'labelCluster', async (req, res) => {
    const caller = await guard.identify(req);
    const { cluster } = req.params;
    const { labels, why } = req.body;
    await audited(
      auditor,
      { eventId: 'cluster-label', request: req, meta: { cluster, labels } },
      async () => {
        await guard.demand(caller, clusterManagePermission);
        unwrap(
          await controlPlane.labelCluster({
            cluster,
            labels,
            actor: caller.actor,
            ...(why !== undefined && { why }),
          }),
        );
      },
    );
    res.status(202).end();
  });
}
