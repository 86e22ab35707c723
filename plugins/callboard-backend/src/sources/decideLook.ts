import type { SourceRecord } from '@callboard/plugin-callboard-control-plane';

const LONGEST_MS = 15 * 60_000;

/** Whether a poll of a source is due; the interval grows while it cannot be reached. */
export function isDue(
  { look }: Pick<SourceRecord, 'look'>,
  { lookedAt, now, pollMs }: { lookedAt?: Date; now: Date; pollMs: number },
): boolean {
  const last = Math.max(look.at?.getTime() ?? 0, lookedAt?.getTime() ?? 0);
  // A clock that was set back must not stop polling.
  return (
    now.getTime() >= last + waitOf(look.failures, pollMs) ||
    last > now.getTime()
  );
}

function waitOf(failures: number, pollMs: number): number {
  return Math.max(
    pollMs,
    Math.min(LONGEST_MS, pollMs * 2 ** Math.min(failures, 10)),
  );
}
