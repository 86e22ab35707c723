import type { JournalKind } from '../api/generated/types';

export type { JournalKind } from '../api/generated/types';

/** Prefixes of actions by kind, before the dot: `release` of `release.promoted`. */
export const JOURNAL_SUBJECTS: Record<JournalKind, readonly string[]> = {
  releases: ['app', 'build', 'release', 'revision'],
  rollouts: ['rollout'],
  placement: ['placement'],
  health: ['address', 'deployment'],
  clusters: ['agent', 'blueprint', 'cluster'],
  platform: ['exception', 'platform', 'policy', 'portal', 'token'],
};

/** Kinds of journal entries, for filters. */
export const JOURNAL_KINDS = Object.keys(JOURNAL_SUBJECTS) as JournalKind[];
