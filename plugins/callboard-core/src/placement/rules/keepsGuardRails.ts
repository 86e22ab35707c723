import { describeGuardRails, findBreaches } from '../../guardrails';
import { ADMITS, type PlacementRule } from '../types';

/** The app meets the guard rails of the cluster's blueprint. */
export const keepsGuardRails: PlacementRule = {
  name: 'keeps-guard-rails',
  judge({ blueprint }, { demands, needs, held, kept }) {
    const { name, apps } = blueprint ?? {};
    if (!name || !apps || !demands || Object.keys(apps).length === 0)
      return ADMITS;
    const breaches = findBreaches(apps, { demands, needs });
    if (breaches.length === 0)
      return {
        kind: 'admits',
        notes: [
          {
            rule: 'keeps-guard-rails',
            facts: {
              blueprint: name,
              kept: describeGuardRails(apps),
              broken: [],
            },
          },
        ],
      };
    const broken = breaches.map(({ why }) => why);
    if (held && kept)
      return {
        kind: 'admits',
        notes: [
          {
            rule: 'stays-until-replaced',
            facts: { because: 'guard-rails', why: broken.join('; ') },
          },
        ],
      };
    return {
      kind: 'refuses',
      reasons: [
        {
          rule: 'keeps-guard-rails',
          facts: {
            blueprint: name,
            kept: [],
            broken,
          },
        },
      ],
      fixes: [
        [
          {
            rule: 'keep-guard-rails',
            facts: {
              blueprint: name,
              next: [...new Set(breaches.map(({ next }) => next))].join('. '),
            },
          },
        ],
      ],
    };
  },
};
