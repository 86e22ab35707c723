import { ADMITS, type PlacementRule } from '../types';

/** A cordoned cluster takes nothing new; what runs there stays. */
export const notCordoned: PlacementRule = {
  name: 'not-cordoned',
  judge(cluster, { held }) {
    if (!cluster.cordoned) return ADMITS;
    if (held)
      return {
        kind: 'admits',
        notes: [{ rule: 'stays-on-cordoned', facts: {} }],
      };
    return {
      kind: 'refuses',
      reasons: [{ rule: 'not-cordoned', facts: {} }],
      fixes: [[{ rule: 'uncordon', facts: {} }]],
    };
  },
};
