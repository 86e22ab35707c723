import type { ApiResource } from '../discovery';
import type { JsonObject, SimObject } from '../json';

/** Field names of an event in `v1` and in `events.k8s.io/v1`. */
const NAMES: ReadonlyArray<readonly [core: string, other: string]> = [
  ['involvedObject', 'regarding'],
  ['message', 'note'],
  ['reportingComponent', 'reportingController'],
  ['count', 'deprecatedCount'],
  ['firstTimestamp', 'deprecatedFirstTimestamp'],
  ['lastTimestamp', 'deprecatedLastTimestamp'],
  ['source', 'deprecatedSource'],
];

/** Events are stored in their core form; the newer group serves the same objects with other field names. */
export function toServedForm(
  resource: ApiResource,
  object: SimObject,
): SimObject {
  if (resource.resource !== 'events') return object;
  return resource.group === ''
    ? object
    : (rename(
        object as JsonObject,
        resource.groupVersion,
        'toOther',
      ) as SimObject);
}

/** Returns the stored form of an object that a client wrote. */
export function toStoredForm(
  resource: ApiResource,
  object: SimObject,
): SimObject {
  if (resource.resource !== 'events' || resource.group === '') return object;
  return rename(object as JsonObject, 'v1', 'toCore') as SimObject;
}

function rename(
  object: JsonObject,
  apiVersion: string,
  direction: 'toOther' | 'toCore',
): JsonObject {
  const names = new Map(
    NAMES.map(([core, other]) =>
      direction === 'toOther' ? [core, other] : [other, core],
    ),
  );
  return {
    ...Object.fromEntries(
      Object.entries(object).map(([field, value]) => [
        names.get(field) ?? field,
        value,
      ]),
    ),
    apiVersion,
  };
}
