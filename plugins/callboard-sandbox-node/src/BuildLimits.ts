import {
  describeBytes,
  describeDuration,
  type Problem,
} from '@callboard/plugin-callboard-common';

/** Limits of one build. */
export interface BuildLimits {
  timeMs: number;
  /** Time without a line of output and without a change in the size of its folder. */
  silenceMs: number;
  /** Limit of all its processes together. */
  memoryBytes: number;
  /** Limit of its folder, and of any single file wherever it is. */
  diskBytes: number;
  /** Limit of processes that run at the same time. */
  processes: number;
}

export const DEFAULT_BUILD_LIMITS: BuildLimits = {
  timeMs: 5 * 60_000,
  silenceMs: 60_000,
  memoryBytes: 2 * 1024 ** 3,
  diskBytes: 2 * 1024 ** 3,
  processes: 100,
};

/** The limit that a build exceeded. */
export type ExceededLimit =
  | 'time'
  | 'silence'
  | 'memory'
  | 'disk'
  | 'processes';

const REMEDIES: Record<ExceededLimit, string> = {
  time: 'Use fewer or smaller dependencies, or ask the platform team for a larger callboard.builder.limits.seconds',
  silence:
    'Look whether its package registry answers, then push again; or ask the platform team for a larger callboard.builder.limits.silentSeconds',
  memory:
    'Use fewer or smaller dependencies, or ask the platform team for a larger callboard.builder.limits.memoryMb',
  disk: 'Use fewer or smaller dependencies, or ask the platform team for a larger callboard.builder.limits.diskMb',
  processes:
    'Look for an install script that starts itself again, or ask the platform team for a larger callboard.builder.limits.processes',
};

/** Describes a build that was ended because it exceeded a limit. */
export function limitExceeded(
  exceeded: ExceededLimit,
  limits: BuildLimits,
): Problem {
  return {
    code: `build-over-${exceeded}-limit`,
    what: 'Cannot finish the build',
    why: describeExcess(exceeded, limits),
    next: REMEDIES[exceeded],
    transient: false,
  };
}

function describeExcess(exceeded: ExceededLimit, limits: BuildLimits): string {
  switch (exceeded) {
    case 'time':
      return `it took longer than the ${describeDuration(
        limits.timeMs,
      )} that a build may take`;
    case 'silence':
      return `it wrote nothing for the ${describeDuration(
        limits.silenceMs,
      )} that a build may be silent`;
    case 'memory':
      return `its processes used more than the ${describeBytes(
        limits.memoryBytes,
      )} of memory that a build may use`;
    case 'disk':
      return `its files took more than the ${describeBytes(
        limits.diskBytes,
      )} that a build may write`;
    case 'processes':
      return `it started more than the ${limits.processes} processes that a build may have at the same time`;
    default:
      throw new Error(`Unknown limit ${exceeded satisfies never}`);
  }
}
