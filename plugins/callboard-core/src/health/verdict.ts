import type { Health, HealthStatus } from '@callboard/plugin-callboard-common';

/** A verdict. `reason` is a stable CamelCase code, `message` a sentence without full stop. */
export function verdict(
  status: HealthStatus,
  reason: string,
  message: string,
): Health {
  return { status, reason, message };
}
