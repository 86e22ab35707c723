import {
  type Cluster,
  type Exposure,
  type FleetSummary,
  clusterManagePermission,
  clusterReadPermission,
} from '@callboard/plugin-callboard-common';
import {
  describeFleet,
  hideAppsOfCluster,
  hideAppsOfRemoval,
  needsAttention,
} from '@callboard/plugin-callboard-core';
import type { Router } from 'express';
import { answerOperation } from './answerOperation';
import { audited } from './audited';
import {
  type CallersApps,
  findReadableApps,
  onlyAppsOf,
} from './findReadableApps';
import type { RouterDeps } from './RouterDeps';
import { type ListOrder, pageOf, readPageRequest } from './pages';
import { readAt, unwrap } from './read';

const CLUSTERS: ListOrder<Cluster, [string]> = {
  list: 'clusters',
  keyOf: ({ name }) => [name],
  directions: ['ascending'],
};

/** The fleet and its clusters. */
export function addClusterRoutes(router: Router, deps: RouterDeps): void {
  const { auditor, controlPlane, guard } = deps;

  answerOperation(router, 'getFleet', async (req, res) => {
    const caller = await guard.identify(req);
    await guard.demand(caller, clusterReadPermission);
    const at = readAt(req);
    const summary = await controlPlane.getFleetSummary(at);
    const readable = await findReadableApps(caller, deps, at);
    if (!readable) {
      res.json(summary);
      return;
    }
    const clusters = await controlPlane.listClusters({
      ...at,
      ...onlyAppsOf(readable),
    });
    const now = at.at ?? deps.now();
    res.json(summarizeFor(readable, { summary, clusters, now }));
  });

  answerOperation(router, 'readJoining', async (req, res) => {
    await guard.demand(await guard.identify(req), clusterManagePermission);
    res.json(await controlPlane.readJoining());
  });

  answerOperation(router, 'listClusters', async (req, res) => {
    const caller = await guard.identify(req);
    await guard.demand(caller, clusterReadPermission);
    const page = readPageRequest(req, { list: CLUSTERS.list, like: [''] });
    const readable = await findReadableApps(caller, deps, readAt(req));
    const clusters = await controlPlane.listClusters({
      ...readAt(req),
      ...onlyAppsOf(readable),
    });
    const visible = readable
      ? clusters.map(cluster => hideAppsOfCluster(cluster, readable))
      : clusters;
    res.json(pageOf(visible, page, CLUSTERS));
  });

  answerOperation(router, 'registerCluster', async (req, res) => {
    const caller = await guard.identify(req);
    const { name, labels, blueprint, exposure } = req.body;
    const registered = await audited(
      auditor,
      { eventId: 'cluster-register', request: req, meta: { cluster: name } },
      async () => {
        await guard.demand(caller, clusterManagePermission);
        return unwrap(
          await controlPlane.registerCluster({
            name,
            ...(labels !== undefined && { labels }),
            ...(blueprint !== undefined && { blueprint }),
            // The use case validates it against the rules of a cluster's file.
            ...(exposure && { exposure: exposure as Exposure }),
            actor: caller.actor,
          }),
        );
      },
    );
    res.set('cache-control', 'no-store').status(201).json(registered);
  });

  answerOperation(router, 'renewRegistration', async (req, res) => {
    const caller = await guard.identify(req);
    const { cluster } = req.params;
    const registered = await audited(
      auditor,
      { eventId: 'cluster-register', request: req, meta: { cluster } },
      async () => {
        await guard.demand(caller, clusterManagePermission);
        const { actor } = caller;
        return unwrap(await controlPlane.renewRegistration({ cluster, actor }));
      },
    );
    res.set('cache-control', 'no-store').status(201).json(registered);
  });

  answerOperation(router, 'removeCluster', async (req, res) => {
    const caller = await guard.identify(req);
    const { cluster } = req.params;
    const readable = await findReadableApps(caller, deps);
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
    res.json(readable ? hideAppsOfRemoval(removed, readable) : removed);
  });

  answerOperation(router, 'getCluster', async (req, res) => {
    const caller = await guard.identify(req);
    await guard.demand(caller, clusterReadPermission);
    const readable = await findReadableApps(caller, deps, readAt(req));
    const cluster = unwrap(
      await controlPlane.getCluster(req.params.cluster, {
        ...readAt(req),
        ...onlyAppsOf(readable),
      }),
    );
    res.json(readable ? hideAppsOfCluster(cluster, readable) : cluster);
  });
}

/** Summarizes the fleet with only the apps that a caller may read. */
function summarizeFor(
  { apps }: CallersApps,
  of: { summary: FleetSummary; clusters: Cluster[]; now: Date },
): FleetSummary {
  const { summary, clusters, now } = of;
  const { problem } = summary;
  const counts = {
    total: apps.length,
    needAttention: apps.filter(needsAttention).length,
  };
  return {
    ...summary,
    apps: counts,
    sentence: describeFleet(
      { clusters, apps: counts, ...(problem && { problem }) },
      now,
    ),
  };
}
