/** What entries of the journal are about: what a reader filters by. */
export const JOURNAL_KINDS = [
  'releases',
  'rollouts',
  'placement',
  'health',
  'clusters',
  'platform',
] as const;

export type JournalKind = (typeof JOURNAL_KINDS)[number];

/** By kind, what its actions begin with, before the dot: `release` of `release.promoted`. */
export const JOURNAL_SUBJECTS: Record<JournalKind, readonly string[]> = {
  releases: ['app', 'build', 'release', 'revision'],
  rollouts: ['rollout'],
  placement: ['placement'],
  health: ['deployment'],
  clusters: ['agent', 'blueprint', 'cluster'],
  platform: ['platform', 'portal'],
};
