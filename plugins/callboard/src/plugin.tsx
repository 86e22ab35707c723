import {
  ApiBlueprint,
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
  PageBlueprint,
  SubPageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import {
  CallboardClient,
  callboardApiRef,
} from '@callboard/plugin-callboard-react';
import { RiMapLine } from '@remixicon/react';
import {
  isCallboardApp,
  isCallboardCluster,
  isCallboardSystem,
} from './entity/isCallboardEntity';
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

const callboardApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: callboardApiRef,
      deps: { fetchApi: fetchApiRef, discoveryApi: discoveryApiRef },
      factory: deps => new CallboardClient(deps),
    }),
});

/** Only this page has an icon, and so an item in the portal's menu; the others are its tabs. */
const fleetPage = PageBlueprint.make({
  params: {
    path: '/callboard',
    title: 'Callboard',
    icon: <RiMapLine fontSize="inherit" />,
    routeRef: fleetRouteRef,
    noHeader: true,
    loader: () => import('./pages/FleetRoutes').then(m => <m.FleetRoutes />),
  },
});

const appsPage = PageBlueprint.make({
  name: 'apps',
  params: {
    path: '/callboard/apps',
    title: 'Apps',
    routeRef: appsRouteRef,
    noHeader: true,
    loader: () => import('./pages/AppsRoutes').then(m => <m.AppsRoutes />),
  },
});

const auditPage = PageBlueprint.make({
  name: 'audit',
  params: {
    path: '/callboard/audit',
    title: 'Audit',
    routeRef: auditRouteRef,
    noHeader: true,
    loader: () => import('./pages/AuditRoutes').then(m => <m.AuditRoutes />),
  },
});

const blueprintsPage = PageBlueprint.make({
  name: 'blueprints',
  params: {
    path: '/callboard/blueprints',
    title: 'Blueprints',
    routeRef: blueprintsRouteRef,
    noHeader: true,
    loader: () =>
      import('./pages/BlueprintsRoutes').then(m => <m.BlueprintsRoutes />),
  },
});

const environmentsPage = PageBlueprint.make({
  name: 'environments',
  params: {
    path: '/callboard/environments',
    title: 'Environments',
    routeRef: environmentsRouteRef,
    noHeader: true,
    loader: () =>
      import('./pages/EnvironmentsRoutes').then(m => <m.EnvironmentsRoutes />),
  },
});

const policiesPage = PageBlueprint.make({
  name: 'policies',
  params: {
    path: '/callboard/policies',
    title: 'Policies',
    routeRef: policiesRouteRef,
    noHeader: true,
    loader: () =>
      import('./pages/PoliciesRoutes').then(m => <m.PoliciesRoutes />),
  },
});

/** Below Backstage's user settings. */
const gitTokensPage = SubPageBlueprint.make({
  name: 'git-tokens',
  attachTo: { id: 'page:user-settings', input: 'pages' },
  params: {
    path: 'git-tokens',
    title: 'Tokens',
    loader: () =>
      import('./pages/GitTokens/GitTokensPage').then(m => <m.GitTokensPage />),
  },
});

const appEntityContent = EntityContentBlueprint.make({
  name: 'app',
  params: {
    path: 'callboard',
    title: 'Callboard',
    filter: isCallboardApp,
    loader: () =>
      import('./entity/AppEntityContent').then(m => <m.AppEntityContent />),
  },
});

const clusterEntityContent = EntityContentBlueprint.make({
  name: 'cluster',
  params: {
    path: 'callboard-cluster',
    title: 'Callboard',
    filter: isCallboardCluster,
    loader: () =>
      import('./entity/ClusterEntityContent').then(m => (
        <m.ClusterEntityContent />
      )),
  },
});

const appEntityCard = EntityCardBlueprint.make({
  name: 'app',
  params: {
    type: 'info',
    filter: isCallboardApp,
    loader: () =>
      import('./entity/AppEntityCard').then(m => <m.AppEntityCard />),
  },
});

const clusterEntityCard = EntityCardBlueprint.make({
  name: 'cluster',
  params: {
    type: 'info',
    filter: isCallboardCluster,
    loader: () =>
      import('./entity/ClusterEntityCard').then(m => <m.ClusterEntityCard />),
  },
});

const systemEntityCard = EntityCardBlueprint.make({
  name: 'system',
  params: {
    type: 'content',
    filter: isCallboardSystem,
    loader: () =>
      import('./entity/SystemEntityCard').then(m => <m.SystemEntityCard />),
  },
});

/** Callboard's pages, entity tabs and cards for the new frontend system. */
export const callboardPlugin = createFrontendPlugin({
  pluginId: 'callboard',
  title: 'Callboard',
  extensions: [
    callboardApi,
    fleetPage,
    appsPage,
    auditPage,
    environmentsPage,
    blueprintsPage,
    policiesPage,
    gitTokensPage,
    appEntityContent,
    clusterEntityContent,
    appEntityCard,
    clusterEntityCard,
    systemEntityCard,
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
