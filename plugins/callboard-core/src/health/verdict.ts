import type { Health, HealthStatus } from '@callboard/plugin-callboard-common';

/** A verdict. `reason` is a stable CamelCase code, `message` a sentence without full stop. */
export function verdict(
  status: HealthStatus,
  reason: string,
  message: string,
): Health {
  return { status, reason, message };
}

/** `1 instance`, `3 instances`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
