export {
  RESOURCE_TYPE_APP,
  appCreatePermission,
  appPromotePermission,
  appPushPermission,
  appReadPermission,
  callboardPermissions,
  clusterManagePermission,
  clusterReadPermission,
  journalReadPermission,
  playgroundUsePermission,
} from './permissions';
