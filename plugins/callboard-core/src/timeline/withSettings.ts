import type { TimelineBar } from '@callboard/plugin-callboard-common';
import type { DeploymentInterval, TimelineFacts } from './types';

interface Step {
  from: Date;
  version: number;
}

/** Returns which settings came to one deployment and when, oldest first. */
export function stepsOn(intervals: readonly DeploymentInterval[]): Step[] {
  const steps: Step[] = [];
  for (const { settings: version, from } of intervals)
    if (version !== undefined && version !== steps.at(-1)?.version)
      steps.push({ from, version });
  return steps;
}

/**
 * Returns when settings first came to any of several deployments, oldest first.
 * Older settings that others still have, or have again while a rollout is
 * rolled back, do not count.
 */
export function stepsOfAny(intervals: readonly DeploymentInterval[]): Step[] {
  const steps: Step[] = [];
  for (const step of stepsOn([...intervals].sort(byBegin)))
    if (step.version > (steps.at(-1)?.version ?? 0)) steps.push(step);
  return steps;
}

function byBegin(a: DeploymentInterval, b: DeploymentInterval): number {
  return (
    a.from.getTime() - b.from.getTime() || (a.settings ?? 0) - (b.settings ?? 0)
  );
}

/** Adds to each bar the settings with which it began and those that came during it. */
export function withSettings(
  bars: readonly TimelineBar[],
  steps: readonly Step[],
  { settings: causes }: Pick<TimelineFacts, 'settings'>,
): TimelineBar[] {
  return bars.map(bar => {
    const begin = Date.parse(bar.from);
    const end = bar.to === undefined ? Infinity : Date.parse(bar.to);
    const first = steps
      .filter(
        ({ from, version }) => from.getTime() <= begin && causes.has(version),
      )
      .at(-1);
    const later = steps.filter(
      ({ from }) => from.getTime() > begin && from.getTime() < end,
    );
    const settings = [
      ...(first ? [{ ...first, from: new Date(begin) }] : []),
      ...later,
    ].flatMap(({ from, version }) => {
      const cause = causes.get(version);
      if (!cause) return [];
      const { name, by: actor, why } = cause;
      return [
        {
          from: from.toISOString(),
          version,
          name,
          actor,
          ...(why !== undefined && { why }),
        },
      ];
    });
    return settings.length > 0 ? { ...bar, settings } : bar;
  });
}
