export {
  type KubeMetadata,
  type KubeObject,
  type KubeOwnerReference,
  type KubeRef,
  refKey,
  refOf,
} from './KubeObject';
export {
  ANNOTATIONS,
  BLUEPRINT_TAINT,
  ENTITY_ANNOTATIONS,
  OBSERVED_LABEL,
  ENTITY_LOCATION_TYPE,
  FIELD_MANAGER,
  GENERATED_SECRET_NAME,
  LABELS,
  OBSERVED_ONLY_TAINT,
  SETTINGS_SECRET_NAME,
  isOwnEntity,
} from './labels';
export { isDataKind } from './isDataKind';
export { isGeneratedSecret } from './isGeneratedSecret';
export { isOnlyObserved } from './isOnlyObserved';
