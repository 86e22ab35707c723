export {
  RESOURCE_TYPE_APP,
  appCreatePermission,
  appDeletePermission,
  appPromotePermission,
  appPushPermission,
  appReadPermission,
  appUpdatePermission,
  callboardPermissions,
  clusterManagePermission,
  clusterReadPermission,
  journalReadPermission,
  playgroundUsePermission,
} from './permissions';
