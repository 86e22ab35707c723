import type { Problem } from '@callboard/plugin-callboard-common';

/** Problem for users without the permission, shown before they fill anything in. */
export const mayNotAdd: Problem = {
  code: 'not-allowed',
  what: 'You may not add clusters',
  why: 'your groups do not have the permission callboard.cluster.manage',
  next: 'Ask your platform team to add it, or to let you',
  transient: false,
};
