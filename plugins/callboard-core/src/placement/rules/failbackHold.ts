import { ADMITS, type PlacementRule } from '../types';

/**
 * An app that left a cluster when it was lost does not come back the moment it
 * is in contact again: a cluster that comes and goes would move it each time.
 * Time alone helps, so that no change is proposed.
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
