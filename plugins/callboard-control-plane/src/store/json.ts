import { isRecord } from '@callboard/plugin-callboard-common';
/** Reads a JSON column that this package wrote itself. */
export function fromJson<T>(text: string): T {
  return JSON.parse(text) as T;
}

/** Reads a JSON column that may be empty. */
export function fromOptionalJson<T>(text: string | null): T | undefined {
  return text === null ? undefined : fromJson<T>(text);
}

/** Writes a JSON column. Same value, same text: keys are sorted, so that rows can be compared as texts. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    isRecord(part) ? sortKeys(part) : part,
  );
}

/** Writes a JSON column that may be empty. */
export function toOptionalJson(value: unknown): string | null {
  return value === undefined || value === null ? null : toJson(value);
}

function sortKeys(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
