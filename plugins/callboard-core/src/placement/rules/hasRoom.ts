import type {
  PlacementReason,
  ResourceAmounts,
} from '@callboard/plugin-callboard-common';
import { isDividedByWeight } from '../replicas/dividesReplicas';
import { ADMITS, type PlacementRule } from '../types';

const RESOURCES = ['cpuMillicores', 'memoryBytes', 'pods'] as const;

/**
 * There is room for one more copy. What runs there has its room already; where
 * needs or room are not known, nothing is judged. Copies that are divided by
 * weights ask for no room, as Karmada has it: who comes and goes with the room
 * that is left would be given another share each time.
 */
export const hasRoom: PlacementRule = {
  name: 'has-room',
  admits({ free }, { needs, held, spec }) {
    if (held || needs === undefined || free === undefined) return true;
    if (isDividedByWeight(spec)) return true;
    return !RESOURCES.some(resource => isShort(resource, needs, free));
  },
  judge({ free }, { needs, held, spec }) {
    if (held || needs === undefined || free === undefined) return ADMITS;
    if (isDividedByWeight(spec)) return ADMITS;
    const short = RESOURCES.filter(resource => isShort(resource, needs, free));
    if (short.length === 0) return ADMITS;
    const reasons = short.map(
      (resource): PlacementReason => ({
        rule: 'has-room',
        facts: {
          resource,
          free: free[resource] ?? 0,
          needed: needs[resource] ?? 0,
        },
      }),
    );
    const facts = Object.fromEntries(
      short.map(resource => [resource, needs[resource] ?? 0]),
    );
    return {
      kind: 'refuses',
      reasons,
      fixes: [[{ rule: 'free-room', facts }]],
    };
  },
};

function isShort(
  resource: (typeof RESOURCES)[number],
  needs: ResourceAmounts,
  free: ResourceAmounts,
): boolean {
  const room = free[resource];
  return room !== undefined && (needs[resource] ?? 0) > room;
}
