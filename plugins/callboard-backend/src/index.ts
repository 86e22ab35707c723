export { callboardPlugin as default } from './plugin';
export { CHANGES_TOPIC } from './changes';
export { guardDoors } from './doors/guardDoors';
export {
  CallboardOwnerPolicy,
  appConditions,
  callboardOwnerPolicy,
  createAppConditionalDecision,
  isAppOwner,
} from './permissions';
