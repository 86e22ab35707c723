import type { Health, HealthStatus } from '@callboard/plugin-callboard-common';

/** Makes a verdict. `message` is a sentence without full stop. */
export function verdict(
  status: HealthStatus,
  reason: Health['reason'],
  message: string,
): Health {
  return { status, reason, message };
}
