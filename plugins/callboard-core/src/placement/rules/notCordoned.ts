import type { PlacementChange } from '@callboard/plugin-callboard-common';
import { ADMITS, type PlacementRule } from '../types';

const UNCORDON: PlacementChange = { rule: 'uncordon', facts: {} };

/** The cluster is not cordoned: a cordoned one takes nothing new, and running apps stay, unless it is drained. */
export const notCordoned: PlacementRule = {
  name: 'not-cordoned',
  judge(cluster, { held, kept }) {
    if (cluster.draining && held && kept) {
      return {
        kind: 'admits',
        notes: [
          { rule: 'stays-until-replaced', facts: { because: 'draining' } },
        ],
      };
    }
    if (cluster.draining) {
      return {
        kind: 'refuses',
        reasons: [{ rule: 'not-draining', facts: {} }],
        fixes: [
          [
            { rule: 'stop-draining', facts: {} },
            ...(cluster.cordoned && !held ? [UNCORDON] : []),
          ],
        ],
      };
    }
    if (!cluster.cordoned) return ADMITS;
    if (held)
      return {
        kind: 'admits',
        notes: [{ rule: 'stays-on-cordoned', facts: {} }],
      };
    return {
      kind: 'refuses',
      reasons: [{ rule: 'not-cordoned', facts: {} }],
      fixes: [[UNCORDON]],
    };
  },
};
