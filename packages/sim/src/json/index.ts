export {
  type JsonObject,
  type JsonValue,
  canonicalText,
  cloneJson,
  ensureObject,
  equalJson,
  getPath,
  isJsonObject,
} from './Json';
export {
  type ManagedFieldsEntry,
  type ObjectMeta,
  type OwnerReference,
  type SimObject,
} from './SimObject';
