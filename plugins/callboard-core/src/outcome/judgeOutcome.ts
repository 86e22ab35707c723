import type { ReleaseOutcome } from '@callboard/plugin-callboard-common';
import { describeOutcome } from './describeOutcome';

/** What the database says of one stay of a release in an environment. */
export interface ReleaseStay {
  environment: string;
  /** What people call the environment. */
  title: string;
  release: number;
  /** Clusters that were seen to run it well. */
  healthyOn: readonly string[];
  /** What took its place; absent while it is wanted. */
  next?: { release: number; by: string; at: Date };
}

/**
 * How a release did in an environment. Pure; only what was seen counts: a
 * release that left without having been healthy on any cluster never was.
 */
export function judgeOutcome(stay: ReleaseStay): ReleaseOutcome {
  const { environment, title, release, next } = stay;
  const healthyOn = [...stay.healthyOn].sort();
  const wasHealthy = healthyOn.length > 0;
  const kind = kindOf({ release, wasHealthy, next });
  const facts = {
    environment,
    kind,
    healthyOn,
    ...(next && {
      next: { release: next.release, by: next.by, at: next.at.toISOString() },
    }),
  };
  return { ...facts, sentence: describeOutcome(facts, title) };
}

function kindOf(of: {
  release: number;
  wasHealthy: boolean;
  next: ReleaseStay['next'];
}): ReleaseOutcome['kind'] {
  const { release, wasHealthy, next } = of;
  if (!next) return wasHealthy ? 'healthy' : 'not-healthy-yet';
  if (next.release < release) return 'rolled-back';
  return wasHealthy ? 'replaced' : 'never-healthy';
}
