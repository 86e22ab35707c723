import type { JournalKind } from '../api/generated/types';

export type { JournalKind } from '../api/generated/types';

/** By kind, what its actions begin with, before the dot: `release` of `release.promoted`. */
export const JOURNAL_SUBJECTS: Record<JournalKind, readonly string[]> = {
  releases: ['app', 'build', 'release', 'revision'],
  rollouts: ['rollout'],
  placement: ['placement'],
  health: ['address', 'deployment'],
  clusters: ['agent', 'blueprint', 'cluster'],
  platform: ['exception', 'platform', 'policy', 'portal', 'token'],
};

/** What entries of the journal are about: what a reader filters by. */
export const JOURNAL_KINDS = Object.keys(JOURNAL_SUBJECTS) as JournalKind[];
