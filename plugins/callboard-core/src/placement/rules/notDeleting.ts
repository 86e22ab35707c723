import { ADMITS, type PlacementRule } from '../types';

/** A cluster that is being deleted takes nothing, and nothing stays there. */
export const notDeleting: PlacementRule = {
  name: 'not-deleting',
  judge(cluster) {
    if (!cluster.deleting) return ADMITS;
    return {
      kind: 'refuses',
      reasons: [{ rule: 'not-deleting', facts: {} }],
      fixes: [],
    };
  },
};
