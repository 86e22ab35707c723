import type { Finding } from '@callboard/plugin-callboard-common';

const SAME_SECOND_MS = 2_000; // clusters write whole seconds, and their clocks are not ours

/**
 * The same trouble goes on: what crashes again and again is in trouble since its first crash, not since its last one.
 * Trouble from before the release that is wanted now is another.
 */
export function continueFindings(
  found: readonly Finding[],
  before: readonly Finding[],
  releasedAt: Date | undefined,
): Finding[] {
  return found.map(finding => {
    const { since } = finding;
    const former = before.find(
      ({ code, workload }) =>
        code === finding.code && workload === finding.workload,
    )?.since;
    if (since === undefined || former === undefined) return finding;
    const isOfRelease =
      releasedAt === undefined ||
      Date.parse(former) >= releasedAt.getTime() - SAME_SECOND_MS;
    return isOfRelease && Date.parse(former) < Date.parse(since)
      ? { ...finding, since: former }
      : finding;
  });
}
