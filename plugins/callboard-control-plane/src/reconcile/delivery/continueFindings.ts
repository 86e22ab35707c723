import type { Finding } from '@callboard/plugin-callboard-common';

const SAME_SECOND_MS = 2_000; // clusters write whole seconds, and their clocks differ from ours

/**
 * Carries over the start of a continuing finding: a container that crashes
 * repeatedly is in trouble since its first crash, not since its last one.
 * Findings from before the desired release are not carried over.
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
