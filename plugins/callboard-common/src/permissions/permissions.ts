import { createPermission } from '@backstage/plugin-permission-common';

/** Resource type of permissions that are judged for one app (rule `IS_APP_OWNER`). */
export const RESOURCE_TYPE_APP = 'callboard-app';

/** Seeing an app: its page, releases, placement, logs. */
export const appReadPermission = createPermission({
  name: 'callboard.app.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_APP,
});

/** Creating an app by its first push or by a template. */
export const appCreatePermission = createPermission({
  name: 'callboard.app.create',
  attributes: { action: 'create' },
});

/** Pushing a revision of an app. */
export const appPushPermission = createPermission({
  name: 'callboard.app.push',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_APP,
});

/** Deploying a release to an environment: promotion and rollback; operating the app there, and removing it. */
export const appPromotePermission = createPermission({
  name: 'callboard.app.promote',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_APP,
});

/** Renaming an app, describing it, and giving it to another owner. */
export const appUpdatePermission = createPermission({
  name: 'callboard.app.update',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_APP,
});

/** Deleting an app. */
export const appDeletePermission = createPermission({
  name: 'callboard.app.delete',
  attributes: { action: 'delete' },
  resourceType: RESOURCE_TYPE_APP,
});

/** Seeing clusters, their blueprints and the fleet. */
export const clusterReadPermission = createPermission({
  name: 'callboard.cluster.read',
  attributes: { action: 'read' },
});

/** Registering and removing clusters; trying policies and making exceptions from them. */
export const clusterManagePermission = createPermission({
  name: 'callboard.cluster.manage',
  attributes: { action: 'update' },
});

/** Reading the journal. */
export const journalReadPermission = createPermission({
  name: 'callboard.journal.read',
  attributes: { action: 'read' },
});

/** Switching simulated clusters on and off. */
export const playgroundUsePermission = createPermission({
  name: 'callboard.playground.use',
  attributes: { action: 'update' },
});

export const callboardPermissions = [
  appReadPermission,
  appCreatePermission,
  appPushPermission,
  appPromotePermission,
  appUpdatePermission,
  appDeletePermission,
  clusterReadPermission,
  clusterManagePermission,
  journalReadPermission,
  playgroundUsePermission,
];
