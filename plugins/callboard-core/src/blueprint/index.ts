export {
  assignBlueprint,
  type Assigned,
  type AssignedBy,
  type BlueprintAssignment,
  describeAssignedBy,
} from './assignBlueprint';
export { describeRef } from './describeRef';
export {
  chooseVersion,
  followsVersion,
  type VersionUnderWay,
} from './chooseVersion';
export { describeDriftPolicy } from './describeDriftPolicy';
export { describeDrift } from './describeDrift';
export {
  type BlueprintFault,
  digestOfBlueprint,
  keepVersions,
  type KeptVersion,
} from './keepVersions';
export {
  ADMISSION_API,
  ADMISSION_POLICY,
  type BlockInput,
  isBlockIn,
  renderBlock,
} from './renderBlock';
export { renderBlueprint } from './renderBlueprint';
export { resolveBlueprint } from './resolveBlueprint';
export type {
  BlueprintVersion,
  ResolvedAddon,
  ResolvedBlueprint,
} from './types';
