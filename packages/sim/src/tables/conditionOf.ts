import { type JsonObject, type SimObject, getPath } from '../json';
import { objectsIn } from '../validation';

export function conditionOf(
  object: SimObject,
  type: string,
): JsonObject | undefined {
  return objectsIn(getPath(object, ['status', 'conditions'])).find(
    condition => condition.type === type,
  );
}
