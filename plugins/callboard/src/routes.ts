import {
  createExternalRouteRef,
  createRouteRef,
  createSubRouteRef,
} from '@backstage/core-plugin-api';

/* Made with core-plugin-api because its references work in both frontend systems. */

/** `/callboard`: the fleet. */
export const fleetRouteRef = createRouteRef({ id: 'callboard.fleet' });

/** `/callboard/clusters/eu-1` */
export const clusterRouteRef = createSubRouteRef({
  id: 'callboard.cluster',
  parent: fleetRouteRef,
  path: '/clusters/:cluster',
});

/** `/callboard/add-cluster`: not below `/clusters`, where it could be a name. */
export const addClusterRouteRef = createSubRouteRef({
  id: 'callboard.add-cluster',
  parent: fleetRouteRef,
  path: '/add-cluster',
});

/** `/callboard/clusters/store-7/join` */
export const joinClusterRouteRef = createSubRouteRef({
  id: 'callboard.join-cluster',
  parent: fleetRouteRef,
  path: '/clusters/:cluster/join',
});

/** `/callboard/audit` */
export const auditRouteRef = createRouteRef({ id: 'callboard.audit' });

/** `/callboard/blueprints` */
export const blueprintsRouteRef = createRouteRef({
  id: 'callboard.blueprints',
});

/** `/callboard/environments` */
export const environmentsRouteRef = createRouteRef({
  id: 'callboard.environments',
});

/** `/callboard/policies` */
export const policiesRouteRef = createRouteRef({ id: 'callboard.policies' });

/** `/callboard/apps` */
export const appsRouteRef = createRouteRef({ id: 'callboard.apps' });

/** `/callboard/apps/checkout` */
export const appRouteRef = createSubRouteRef({
  id: 'callboard.app',
  parent: appsRouteRef,
  path: '/:app',
});

/** Page that creates a service from a template; not every portal has one. */
export const createServiceRouteRef = createExternalRouteRef({
  id: 'callboard.create-service',
  optional: true,
  defaultTarget: 'scaffolder.root',
});
