import { ADMITS, type PlacementRule } from '../types';

/**
 * An app that left a cluster when it was lost does not return the moment it is
 * in contact again: a flapping cluster would move it each time. Only time
 * helps, so that no change is proposed.
 */
export const failbackHold: PlacementRule = {
  name: 'failback-hold',
  judge({ name, freshness }, { absentFrom }) {
    if (freshness !== 'live' || !absentFrom?.includes(name)) return ADMITS;
    return {
      kind: 'refuses',
      reasons: [{ rule: 'failback-hold', facts: {} }],
      fixes: [],
    };
  },
};
