import type {
  LabelSelector,
  SelectorRequirement,
} from '@callboard/plugin-callboard-common';
import { listRequirements } from './meetsRequirement';

const NAME = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const SUBDOMAIN =
  /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/**
 * Returns why Kubernetes would refuse the selector; undefined when it would
 * not.
 *
 * Source: k8s.io/apimachinery pkg/labels NewRequirement (1.36).
 */
export function validateSelector(selector: LabelSelector): string | undefined {
  for (const requirement of listRequirements(selector)) {
    const fault = validateRequirement(requirement);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function validateRequirement({
  key,
  operator,
  values = [],
}: SelectorRequirement): string | undefined {
  if (!isQualifiedName(key)) return `"${key}" is not a valid label key`;
  switch (operator) {
    case 'In':
    case 'NotIn':
      if (values.length === 0)
        return `"${operator}" on "${key}" needs at least one value`;
      break;
    case 'Exists':
    case 'DoesNotExist':
      if (values.length > 0) return `"${operator}" on "${key}" takes no values`;
      break;
    default:
      return `"${operator}" is not a valid label selector operator`;
  }
  const invalid = values.find(value => !isLabelValue(value));
  return invalid === undefined
    ? undefined
    : `"${invalid}" is not a valid value of label "${key}"`;
}

function isQualifiedName(key: string): boolean {
  const parts = key.split('/');
  if (parts.length > 2) return false;
  const name = parts[parts.length - 1];
  if (name.length > 63 || !NAME.test(name)) return false;
  return (
    parts.length === 1 || (parts[0].length <= 253 && SUBDOMAIN.test(parts[0]))
  );
}

/** Returns whether Kubernetes accepts it as the value of a label. */
export function isLabelValue(value: string): boolean {
  return value === '' || (value.length <= 63 && NAME.test(value));
}
