import type { FieldError } from '../errors';
import { equalJson, isJsonObject, type SimObject } from '../json';
import type { KindStrategy } from '../registry/KindStrategy';
import { forbiddenField, invalidValue, isConfigKey } from '../validation';

const MAX_BYTES = 1024 * 1024;

export const configMapStrategy: KindStrategy = {
  validate: object => [
    ...validateKeys(object, 'data'),
    ...validateKeys(object, 'binaryData'),
    ...validateSize(object),
  ],
  validateUpdate: (next, live) =>
    validateImmutable(next, live, ['data', 'binaryData']),
};

export function validateKeys(object: SimObject, field: string): FieldError[] {
  const data = object[field];
  if (!isJsonObject(data)) return [];
  return Object.keys(data).flatMap(key =>
    isConfigKey(key).map(why => invalidValue(`${field}[${key}]`, key, why)),
  );
}

export function validateImmutable(
  next: SimObject,
  live: SimObject,
  fields: readonly string[],
): FieldError[] {
  if (live.immutable !== true) return [];
  const errors = fields
    .filter(field => !equalJson(next[field], live[field]))
    .map(field =>
      forbiddenField(field, 'field is immutable when `immutable` is set'),
    );
  return next.immutable === true
    ? errors
    : [
        forbiddenField(
          'immutable',
          'field is immutable when `immutable` is set',
        ),
        ...errors,
      ];
}

export function validateSize(object: SimObject): FieldError[] {
  const bytes = [object.data, object.binaryData]
    .filter(isJsonObject)
    .flatMap(data => Object.values(data))
    .reduce((sum: number, value) => sum + Buffer.byteLength(String(value)), 0);
  if (bytes <= MAX_BYTES) return [];
  return [
    {
      reason: 'FieldValueTooLong',
      field: '',
      message: `Too long: may not be more than ${MAX_BYTES} bytes`,
    },
  ];
}
