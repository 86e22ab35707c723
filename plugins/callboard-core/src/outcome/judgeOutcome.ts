import type {
  Approval,
  ReleaseChange,
  ReleaseOutcome,
} from '@callboard/plugin-callboard-common';
import { describeOutcome } from './describeOutcome';

/** What the database says of one stay of a release in an environment. */
export interface ReleaseStay {
  environment: string;
  /** What people call the environment. */
  title: string;
  /** When the release came there first. */
  since: Date;
  /** Absent where nobody had to approve. */
  approval?: Approval;
  /** Clusters that were seen to run it well. */
  healthyOn: readonly string[];
  /** What took its place; absent while it is wanted. */
  next?: { release: number; change: ReleaseChange; by: string; at: Date };
}

/**
 * How a release did in an environment. Pure; only what was seen counts: a
 * release that left without having been healthy on any cluster never was.
 */
export function judgeOutcome(stay: ReleaseStay): ReleaseOutcome {
  const { environment, title, since, approval, next } = stay;
  const healthyOn = [...stay.healthyOn].sort();
  const facts = {
    environment,
    since: since.toISOString(),
    ...(approval && { approval }),
    kind: kindOf({ wasHealthy: healthyOn.length > 0, next }),
    healthyOn,
    ...(next && { next: { ...next, at: next.at.toISOString() } }),
  };
  return { ...facts, sentence: describeOutcome(facts, title) };
}

function kindOf({
  wasHealthy,
  next,
}: {
  wasHealthy: boolean;
  next: ReleaseStay['next'];
}): ReleaseOutcome['kind'] {
  if (!next) return wasHealthy ? 'healthy' : 'not-healthy-yet';
  if (next.change === 'rollback') return 'rolled-back';
  return wasHealthy ? 'replaced' : 'never-healthy';
}
