export {
  chooseVersion,
  followsVersion,
  type VersionUnderWay,
} from './chooseVersion';
export { describeDrift } from './describeDrift';
export {
  type BlueprintFault,
  digestOfBlueprint,
  keepVersions,
  type KeptVersion,
} from './keepVersions';
export { renderBlueprint } from './renderBlueprint';
export { resolveBlueprint } from './resolveBlueprint';
export type {
  BlueprintVersion,
  ResolvedAddon,
  ResolvedBlueprint,
} from './types';
