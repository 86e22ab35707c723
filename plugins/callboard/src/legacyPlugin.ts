import {
  createApiFactory,
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import {
  CallboardClient,
  callboardApiRef,
} from '@callboard/plugin-callboard-react';
import {
  addClusterRouteRef,
  appRouteRef,
  appsRouteRef,
  auditRouteRef,
  blueprintsRouteRef,
  clusterRouteRef,
  createServiceRouteRef,
  environmentsRouteRef,
  fleetRouteRef,
  joinClusterRouteRef,
  policiesRouteRef,
} from './routes';

/*
 * Callboard for the older frontend system. Pages, tabs and cards are the same
 * components as in the new one; only how they are mounted differs.
 */

export const callboardPlugin = createPlugin({
  id: 'callboard',
  apis: [
    createApiFactory({
      api: callboardApiRef,
      deps: { fetchApi: fetchApiRef, discoveryApi: discoveryApiRef },
      factory: deps => new CallboardClient(deps),
    }),
  ],
  routes: {
    fleet: fleetRouteRef,
    cluster: clusterRouteRef,
    addCluster: addClusterRouteRef,
    joinCluster: joinClusterRouteRef,
    apps: appsRouteRef,
    audit: auditRouteRef,
    blueprints: blueprintsRouteRef,
    environments: environmentsRouteRef,
    policies: policiesRouteRef,
    app: appRouteRef,
  },
  externalRoutes: { createService: createServiceRouteRef },
});

/** Mount at `/callboard`. */
export const CallboardFleetPage = callboardPlugin.provide(
  createRoutableExtension({
    name: 'CallboardFleetPage',
    component: () => import('./pages/FleetRoutes').then(m => m.FleetRoutes),
    mountPoint: fleetRouteRef,
  }),
);

/** Mount at `/callboard/apps`. */
export const CallboardAppsPage = callboardPlugin.provide(
  createRoutableExtension({
    name: 'CallboardAppsPage',
    component: () => import('./pages/AppsRoutes').then(m => m.AppsRoutes),
    mountPoint: appsRouteRef,
  }),
);

/** Mount at `/callboard/audit`. */
export const CallboardAuditPage = callboardPlugin.provide(
  createRoutableExtension({
    name: 'CallboardAuditPage',
    component: () => import('./pages/AuditRoutes').then(m => m.AuditRoutes),
    mountPoint: auditRouteRef,
  }),
);

/** Mount at `/callboard/blueprints`. */
export const CallboardBlueprintsPage = callboardPlugin.provide(
  createRoutableExtension({
    name: 'CallboardBlueprintsPage',
    component: () =>
      import('./pages/BlueprintsRoutes').then(m => m.BlueprintsRoutes),
    mountPoint: blueprintsRouteRef,
  }),
);

/** Mount at `/callboard/environments`. */
export const CallboardEnvironmentsPage = callboardPlugin.provide(
  createRoutableExtension({
    name: 'CallboardEnvironmentsPage',
    component: () =>
      import('./pages/EnvironmentsRoutes').then(m => m.EnvironmentsRoutes),
    mountPoint: environmentsRouteRef,
  }),
);

/** Mount at `/callboard/policies`. */
export const CallboardPoliciesPage = callboardPlugin.provide(
  createRoutableExtension({
    name: 'CallboardPoliciesPage',
    component: () =>
      import('./pages/PoliciesRoutes').then(m => m.PoliciesRoutes),
    mountPoint: policiesRouteRef,
  }),
);

/** Inside a tab of Backstage's user settings: `SettingsLayout.Route`. */
export const CallboardGitTokensContent = callboardPlugin.provide(
  createComponentExtension({
    name: 'CallboardGitTokensContent',
    component: {
      lazy: () =>
        import('./pages/GitTokens/GitTokensContent').then(
          m => m.GitTokensContent,
        ),
    },
  }),
);

/** Tab of a Component, for entities where `isCallboardApp` holds. */
export const EntityCallboardContent = callboardPlugin.provide(
  createComponentExtension({
    name: 'EntityCallboardContent',
    component: {
      lazy: () =>
        import('./entity/AppEntityContent').then(m => m.AppEntityContent),
    },
  }),
);

/** Tab of a cluster's Resource, for entities where `isCallboardCluster` holds. */
export const EntityCallboardClusterContent = callboardPlugin.provide(
  createComponentExtension({
    name: 'EntityCallboardClusterContent',
    component: {
      lazy: () =>
        import('./entity/ClusterEntityContent').then(
          m => m.ClusterEntityContent,
        ),
    },
  }),
);

/** Card of a Component. */
export const EntityCallboardAppCard = callboardPlugin.provide(
  createComponentExtension({
    name: 'EntityCallboardAppCard',
    component: {
      lazy: () => import('./entity/AppEntityCard').then(m => m.AppEntityCard),
    },
  }),
);

/** Card of a cluster's Resource. */
export const EntityCallboardClusterCard = callboardPlugin.provide(
  createComponentExtension({
    name: 'EntityCallboardClusterCard',
    component: {
      lazy: () =>
        import('./entity/ClusterEntityCard').then(m => m.ClusterEntityCard),
    },
  }),
);

/** Card of a System or a Domain. */
export const EntityCallboardSystemCard = callboardPlugin.provide(
  createComponentExtension({
    name: 'EntityCallboardSystemCard',
    component: {
      lazy: () =>
        import('./entity/SystemEntityCard').then(m => m.SystemEntityCard),
    },
  }),
);
