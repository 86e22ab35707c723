import {
  createExternalRouteRef,
  createRouteRef,
  createSubRouteRef,
} from '@backstage/core-plugin-api';

/*
 * Made with core-plugin-api because its references serve both frontend systems.
 */

/** `/callboard`: the fleet. */
export const fleetRouteRef = createRouteRef({ id: 'callboard.fleet' });

/** `/callboard/clusters/eu-1` */
export const clusterRouteRef = createSubRouteRef({
  id: 'callboard.cluster',
  parent: fleetRouteRef,
  path: '/clusters/:cluster',
});

/** `/callboard/apps` */
export const appsRouteRef = createRouteRef({ id: 'callboard.apps' });

/** `/callboard/apps/checkout` */
export const appRouteRef = createSubRouteRef({
  id: 'callboard.app',
  parent: appsRouteRef,
  path: '/:app',
});

/** Where a new service is made from a template; not every portal has one. */
export const createServiceRouteRef = createExternalRouteRef({
  id: 'callboard.create-service',
  optional: true,
  defaultTarget: 'scaffolder.root',
});
