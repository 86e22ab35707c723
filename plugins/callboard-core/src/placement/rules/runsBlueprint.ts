import type { PlacementChange } from '@callboard/plugin-callboard-common';
import { ADMITS, type PlacementRule } from '../types';

/** The cluster runs the blueprint that the app requires, or one that inherits from it. */
export const runsBlueprint: PlacementRule = {
  name: 'runs-blueprint',
  judge({ blueprint, unknownBlueprint }, { requires }) {
    const required = requires?.blueprint;
    if (required === undefined) return ADMITS;
    const facts = {
      required,
      actual: blueprint?.name ?? '',
      ...(!blueprint && unknownBlueprint && { unknown: unknownBlueprint }),
    };
    if (
      blueprint &&
      [blueprint.name, ...blueprint.inherits].includes(required)
    ) {
      return {
        kind: 'admits',
        notes: [{ rule: 'runs-blueprint', facts: { ...facts, kept: true } }],
      };
    }
    const fixes: PlacementChange[][] = [
      [{ rule: 'run-blueprint', facts: { blueprint: required } }],
    ];
    if (blueprint)
      fixes.push([
        { rule: 'require-blueprint', facts: { blueprint: blueprint.name } },
      ]);
    return {
      kind: 'refuses',
      reasons: [{ rule: 'runs-blueprint', facts: { ...facts, kept: false } }],
      fixes,
    };
  },
};
