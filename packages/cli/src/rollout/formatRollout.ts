import { describeDuration } from '@callboard/plugin-callboard-common';
import type {
  ListedCluster,
  RolloutAnswer,
  RolloutGroup,
} from '@callboard/plugin-callboard-core';

interface ListedAnswer {
  cluster: string;
  group: string | null;
  status: string;
  timeOutTime: string | null;
}

/** The answer of `callboard rollout --output json`. */
export interface RolloutJson {
  rollout: ListedAnswer[];
  timeOut: ListedAnswer[];
  removed: ListedAnswer[];
  maxFailureBreach: boolean;
  recheckAfterSeconds: number | null;
}

/** Formats an answer for programs; groups are written as in placements: `"index name"`. */
export function formatRollout(
  answer: RolloutAnswer,
  groups: readonly RolloutGroup[],
): RolloutJson {
  const write = ({
    cluster,
    group,
    status,
    timeOutTime,
  }: ListedCluster): ListedAnswer => ({
    cluster,
    group: group === undefined ? null : `${group} ${groups[group].name}`,
    status,
    timeOutTime: timeOutTime ? wholeSecondsOf(timeOutTime) : null,
  });
  return {
    rollout: answer.rollout.map(write),
    timeOut: answer.timeOut.map(write),
    removed: answer.removed.map(write),
    maxFailureBreach: answer.maxFailureBreach,
    recheckAfterSeconds:
      answer.recheckAfterMs === undefined
        ? null
        : secondsOf(answer.recheckAfterMs),
  };
}

/** Times in Kubernetes objects have no fractions: the engine truncates them when it writes. */
function wholeSecondsOf(time: Date): string {
  return time.toISOString().replace(/\.\d+Z$/, 'Z');
}

/** Formats an answer for people: the current or next step, what blocks it, when to check again. */
export function describeRollout({
  rollout,
  timeOut,
  removed,
  maxFailureBreach,
  recheckAfterSeconds,
}: RolloutJson): string {
  const lines = rollout.map(
    ({ cluster, group, status }) =>
      `  ${cluster}${
        group === null ? '' : ` (group ${group.trim()})`
      }  ${status}`,
  );
  return [
    rollout.length > 0 ? 'Rolled out to now:' : 'Nothing is rolled out to now.',
    ...lines,
    ...(timeOut.length > 0 ? [`Timed out: ${namesOf(timeOut)}.`] : []),
    ...(removed.length > 0 ? [`No longer placed: ${namesOf(removed)}.`] : []),
    ...(maxFailureBreach
      ? ['Too many clusters failed: nothing new is started.']
      : []),
    ...(recheckAfterSeconds === null
      ? []
      : [`Look again in ${describeDuration(recheckAfterSeconds * 1_000)}.`]),
  ].join('\n');
}

function namesOf(list: readonly ListedAnswer[]): string {
  return list.map(({ cluster }) => cluster).join(', ');
}

/** To the nanosecond, with whole seconds apart, because the engine adds them up that way. */
function secondsOf(milliseconds: number): number {
  const whole = Math.trunc(milliseconds / 1_000);
  const nanos = Math.round((milliseconds - whole * 1_000) * 1e6);
  return whole + nanos / 1e9;
}
