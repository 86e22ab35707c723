import type { ApiResource } from '../discovery';
import type { FieldError } from '../errors';
import type { SimObject } from '../json';
import { invalidValue } from './fieldErrors';
import {
  isLabelName,
  isDnsSubdomain,
  isLabelValue,
  isQualifiedName,
  type NameRule,
} from './nameRules';

const ANNOTATIONS_MAX_BYTES = 256 * 1024;

/** Kinds whose names are not validated as subdomains. */
const NAME_RULES: Readonly<Record<string, NameRule>> = {
  namespaces: isLabelName,
  services: isLabelName,
  roles: isPathSegment,
  rolebindings: isPathSegment,
  clusterroles: isPathSegment,
  clusterrolebindings: isPathSegment,
};

export function validateMetadata(
  resource: ApiResource,
  { metadata }: SimObject,
): FieldError[] {
  const rule = NAME_RULES[resource.resource] ?? isDnsSubdomain;
  return [
    ...rule(metadata.name).map(why =>
      invalidValue('metadata.name', metadata.name, why),
    ),
    ...validateLabels(metadata.labels, 'metadata.labels'),
    ...validateAnnotations(metadata.annotations),
    ...validateOwners(metadata),
    ...(metadata.finalizers ?? []).flatMap(validateFinalizer),
  ];
}

const STANDARD_FINALIZERS = ['kubernetes', 'orphan', 'foregroundDeletion'];

function validateFinalizer(finalizer: string, index: number): FieldError[] {
  const errors = isQualifiedName(finalizer).map(why =>
    invalidValue('metadata.finalizers', finalizer, why),
  );
  if (finalizer.includes('/') || STANDARD_FINALIZERS.includes(finalizer))
    return errors;
  const why =
    'name is neither a standard finalizer name nor is it fully qualified';
  return [
    ...errors,
    invalidValue(`metadata.finalizers[${index}]`, finalizer, why),
  ];
}

export function validateMetadataUpdate(
  live: SimObject,
  { metadata }: SimObject,
): FieldError[] {
  const errors: FieldError[] = [];
  if (metadata.name !== live.metadata.name)
    errors.push(
      invalidValue('metadata.name', metadata.name, 'field is immutable'),
    );
  if (live.metadata.deletionTimestamp !== undefined) {
    const before = new Set(live.metadata.finalizers ?? []);
    const added = (metadata.finalizers ?? []).filter(
      finalizer => !before.has(finalizer),
    );
    if (added.length > 0) {
      const why = `no new finalizers can be added if the object is being deleted, found new finalizers []string{${added
        .map(name => JSON.stringify(name))
        .join(', ')}}`;
      const error: FieldError = {
        reason: 'FieldValueForbidden',
        field: 'metadata.finalizers',
        message: `Forbidden: ${why}`,
      };
      errors.push(error, error); // a server checks and reports it twice
    }
  }
  return errors;
}

export function validateLabels(
  labels: Record<string, string> | undefined,
  field: string,
): FieldError[] {
  return Object.entries(labels ?? {}).flatMap(([key, value]) => [
    ...isQualifiedName(key, 'a valid label key').map(why =>
      invalidValue(field, key, why),
    ),
    ...isLabelValue(value).map(why => invalidValue(field, value, why)),
  ]);
}

function validateAnnotations(
  annotations: Record<string, string> | undefined,
): FieldError[] {
  const entries = Object.entries(annotations ?? {});
  const bytes = entries.reduce(
    (sum, [key, value]) =>
      sum + Buffer.byteLength(key) + Buffer.byteLength(value),
    0,
  );
  const tooLong: FieldError[] =
    bytes > ANNOTATIONS_MAX_BYTES
      ? [
          {
            reason: 'FieldValueTooLong',
            field: 'metadata.annotations',
            message: `Too long: may not be more than ${ANNOTATIONS_MAX_BYTES} bytes`,
          },
        ]
      : [];
  return [
    ...entries.flatMap(([key]) =>
      isQualifiedName(key.toLowerCase()).map(why =>
        invalidValue('metadata.annotations', key, why),
      ),
    ),
    ...tooLong,
  ];
}

function validateOwners({
  ownerReferences,
}: SimObject['metadata']): FieldError[] {
  const owners = ownerReferences ?? [];
  const errors = owners.flatMap(owner =>
    (['apiVersion', 'kind', 'name', 'uid'] as const)
      .filter(field => !owner[field])
      .map(field =>
        invalidValue(
          `metadata.ownerReferences.${field}`,
          '',
          field === 'apiVersion'
            ? 'version must not be empty'
            : 'must not be empty',
        ),
      ),
  );
  const controllers = owners.filter(({ controller }) => controller);
  if (controllers.length > 1) {
    const [a, b] = controllers;
    errors.push(
      invalidValue(
        'metadata.ownerReferences',
        owners,
        `Only one reference can have Controller set to true. Found "true" in references for ${a.kind}/${a.name} and ${b.kind}/${b.name}`,
      ),
    );
  }
  return errors;
}

function isPathSegment(value: string): string[] {
  if (value === '.' || value === '..') return [`may not be '${value}'`];
  return ['/', '%']
    .filter(character => value.includes(character))
    .map(character => `may not contain '${character}'`);
}
