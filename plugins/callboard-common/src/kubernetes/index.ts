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
  FIELD_MANAGER,
  LABELS,
} from './labels';
