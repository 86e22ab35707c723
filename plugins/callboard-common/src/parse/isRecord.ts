import { YamlDate } from './yaml/YamlDate';

/** Returns whether the value is a map from YAML or JSON; false for lists, dates and null. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof YamlDate)
  );
}
