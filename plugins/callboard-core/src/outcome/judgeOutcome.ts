import type {
  Approval,
  ReleaseChange,
  ReleaseOutcome,
} from '@callboard/plugin-callboard-common';
import { describeOutcome } from './describeOutcome';

/** Recorded facts about one stay of a release in an environment. */
export interface ReleaseStay {
  environment: string;
  /** Title of the environment. */
  title: string;
  /** When the release first came there. */
  since: Date;
  /** Absent where no approval was required. */
  approval?: Approval;
  /** Clusters on which it was observed healthy. */
  healthyOn: readonly string[];
  /** The release that replaced it; absent while it is desired. */
  next?: { release: number; change: ReleaseChange; by: string; at: Date };
}

/**
 * Judges how a release did in an environment. Pure; only observations count: a
 * release that was replaced before it was healthy on any cluster never was.
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
