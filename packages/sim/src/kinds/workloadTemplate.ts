import { setPodSpecDefaults } from '../defaults';
import type { FieldError } from '../errors';
import {
  ensureObject,
  getPath,
  isJsonObject,
  type JsonObject,
  type SimObject,
} from '../json';
import { type LabelSelector, matchSelector } from '../selectors';
import {
  invalidValue,
  notSupported,
  required,
  validateLabels,
  validatePodSpec,
  warningsForPodSpec,
} from '../validation';

/** Sets the defaults that deployments, replica sets and similar kinds share: a selector, a pod template. */
export function setTemplateDefaults(object: SimObject): void {
  const spec = specOf(object);
  const template = ensureObject(spec, 'template');
  ensureObject(template, 'metadata');
  setPodSpecDefaults(ensureObject(template, 'spec'));
}

export function specOf(object: SimObject): JsonObject {
  return ensureObject(object as JsonObject, 'spec');
}

export function validateSelectorAndTemplate(
  object: SimObject,
  options: { restartPolicies: readonly string[] },
): FieldError[] {
  const spec = specOf(object);
  const selector = spec.selector as LabelSelector | undefined;
  const labels = getPath(spec, ['template', 'metadata', 'labels']);
  const templateLabels = isJsonObject(labels)
    ? (labels as Record<string, string>)
    : {};
  const template = getPath(spec, ['template', 'spec']);
  const errors: FieldError[] = [];
  if (selector === undefined) {
    errors.push(required('spec.selector'));
    errors.push(
      invalidValue(
        'spec.template.metadata.labels',
        labels ?? null,
        '`selector` does not match template `labels`',
      ),
    );
  } else if (isEmptySelector(selector))
    errors.push(
      invalidValue(
        'spec.selector',
        selector,
        'empty selector is invalid for deployment',
      ),
    );
  else if (!matchSelector(selector)(templateLabels)) {
    errors.push(
      invalidValue(
        'spec.template.metadata.labels',
        templateLabels,
        '`selector` does not match template `labels`',
      ),
    );
  }
  errors.push(...validateLabels(templateLabels, 'spec.template.labels'));
  if (isJsonObject(template)) {
    errors.push(...validatePodSpec(template, 'spec.template.spec'));
    const policy = String(template.restartPolicy);
    if (!options.restartPolicies.includes(policy)) {
      errors.push(
        notSupported(
          'spec.template.spec.restartPolicy',
          policy,
          options.restartPolicies,
        ),
      );
    }
  }
  return errors;
}

function isEmptySelector({
  matchLabels,
  matchExpressions,
}: LabelSelector): boolean {
  return (
    Object.keys(matchLabels ?? {}).length === 0 &&
    (matchExpressions ?? []).length === 0
  );
}

export function templateWarnings(object: SimObject): string[] {
  const template = getPath(object, ['spec', 'template', 'spec']);
  return isJsonObject(template)
    ? warningsForPodSpec(template, 'spec.template.spec')
    : [];
}

export function validateCount(object: SimObject, field: string): FieldError[] {
  const value = getPath(object, ['spec', field]);
  if (typeof value !== 'number' || value >= 0) return [];
  return [
    invalidValue(`spec.${field}`, value, 'must be greater than or equal to 0'),
  ];
}
