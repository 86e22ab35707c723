import { clusterManagePermission } from '@callboard/plugin-callboard-common';
import type { Router } from 'express';
import { answerOperation } from './answerOperation';
import { audited } from './audited';
import type { RouterDeps } from './RouterDeps';
import { unwrap } from './read';

const VERBS = ['cordon', 'drain', 'uncordon'] as const;

/** Cordon, drain and uncordon of clusters. */
export function addCordonRoutes(
  router: Router,
  { controlPlane, guard, auditor }: RouterDeps,
): void {
  for (const to of VERBS) {
    answerOperation(router, `${to}Cluster`, async (req, res) => {
      const caller = await guard.identify(req);
      const { cluster } = req.params;
      const { why } = req.body;
      await audited(
        auditor,
        {
          eventId: `cluster-${to}`,
          request: req,
          meta: { cluster, ...(why !== undefined && { why }) },
        },
        async () => {
          await guard.demand(caller, clusterManagePermission);
          unwrap(
            await controlPlane.scheduleCluster({
              cluster,
              to,
              actor: caller.actor,
              ...(why !== undefined && { why }),
            }),
          );
        },
      );
      res.status(202).end();
    });
  }
}
