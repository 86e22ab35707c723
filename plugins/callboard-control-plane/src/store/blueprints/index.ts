export {
  type BlueprintRolloutRecord,
  findBlueprintRollout,
  findBlueprintRollouts,
  findBlueprintRolloutsUnderWay,
  saveBlueprintRollout,
} from './blueprintRollouts';
export {
  type BlueprintTarget,
  findBlueprintTarget,
  findBlueprintTargets,
  lockBlueprints,
  saveBlueprintTarget,
} from './blueprintTargets';
export {
  findBlueprintsInUse,
  findKeptVersions,
  saveKeptVersion,
} from './blueprintVersions';
