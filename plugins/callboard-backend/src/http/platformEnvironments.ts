import {
  type EnvironmentSummary,
  clusterReadPermission,
} from '@callboard/plugin-callboard-common';
import type { Router } from 'express';
import { answerOperation } from './answerOperation';
import { findReadableApps, onlyAppsOf } from './findReadableApps';
import type { RouterDeps } from './RouterDeps';
import { type ListOrder, pageOf, readPageRequest } from './pages';
import { readAt } from './read';

const ENVIRONMENTS: ListOrder<EnvironmentSummary, [number, string]> = {
  list: 'environments',
  keyOf: ({ order, name }) => [order, name],
  directions: ['ascending', 'ascending'],
};

/** The platform's environments; those of one app are part of the app. */
export function addPlatformEnvironmentRoutes(
  router: Router,
  deps: RouterDeps,
): void {
  const { controlPlane, guard } = deps;

  answerOperation(router, 'listEnvironments', async (req, res) => {
    const caller = await guard.identify(req);
    await guard.demand(caller, clusterReadPermission);
    const page = readPageRequest(req, {
      list: ENVIRONMENTS.list,
      like: [0, ''],
    });
    const readable = await findReadableApps(caller, deps, readAt(req));
    const environments = await controlPlane.listEnvironments({
      ...readAt(req),
      ...onlyAppsOf(readable),
    });
    res.json(pageOf(environments, page, ENVIRONMENTS));
  });
}
