export { callboardPlugin as default } from './plugin';
export { CHANGES_TOPIC } from './changes';
export { AppDoor, appDoorServiceRef } from './doors/apps';
export { guardDoors } from './doors/guardDoors';
export { sayStoreFaults } from './http';
export {
  CallboardOwnerPolicy,
  appConditions,
  callboardOwnerPolicy,
  createAppConditionalDecision,
  isAppOwner,
  localPermissionsServiceFactory,
  type LocalPolicy,
  localPolicyServiceRef,
} from './permissions';
export { checkpointBesideLoop } from '@callboard/plugin-callboard-control-plane';
