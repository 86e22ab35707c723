import { ADMITS, type PlacementRule } from '../types';

/** The cluster is not being deleted: such a cluster takes nothing, and nothing stays there. */
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
