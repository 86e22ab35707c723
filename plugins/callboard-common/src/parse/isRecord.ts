import { YamlDate } from './yaml/YamlDate';

/** True for a map as YAML or JSON give it; false for lists, dates and null. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof YamlDate)
  );
}
