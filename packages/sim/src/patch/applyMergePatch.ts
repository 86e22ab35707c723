import {
  cloneJson,
  isJsonObject,
  type JsonObject,
  type JsonValue,
} from '../json';

/** RFC 7386: objects are merged, null removes, everything else replaces. */
export function applyMergePatch(
  object: JsonObject,
  patch: JsonObject,
): JsonObject {
  const merged: JsonObject = { ...object };
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key];
    else merged[key] = mergeValue(merged[key], value as JsonValue);
  }
  return merged;
}

function mergeValue(value: JsonValue | undefined, patch: JsonValue): JsonValue {
  if (!isJsonObject(patch)) return cloneJson(patch);
  return applyMergePatch(isJsonObject(value) ? value : {}, patch);
}
