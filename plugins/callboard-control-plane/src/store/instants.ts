import type { Instant } from './tables';

/** The instant of a column. */
export function toDate(instant: Instant): Date {
  return new Date(Number(instant));
}

/** The instant of a column that may be empty. */
export function toOptionalDate(instant: Instant | null): Date | undefined {
  return instant === null ? undefined : toDate(instant);
}
