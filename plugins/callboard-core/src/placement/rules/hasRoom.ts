import type {
  PlacementReason,
  ResourceAmounts,
} from '@callboard/plugin-callboard-common';
import { isDividedByWeight } from '../replicas/dividesReplicas';
import { ADMITS, type PlacementRule } from '../types';

const RESOURCES = ['cpuMillicores', 'memoryBytes', 'pods'] as const;

/**
 * There is room for one more copy. What runs there has its room already, unless
 * the whole cluster is smaller than what is needed: then it stays and that is
 * said. Where needs or room are not known, nothing is judged. Copies that are divided by
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
  judge({ free, allocatable }, { needs, held, spec }) {
    const room = held ? allocatable : free;
    if (needs === undefined || room === undefined) return ADMITS;
    if (isDividedByWeight(spec)) return ADMITS;
    const short = RESOURCES.filter(resource => isShort(resource, needs, room));
    if (short.length === 0) return ADMITS;
    const reasons = short.map(
      (resource): PlacementReason => ({
        rule: 'has-room',
        facts: {
          resource,
          free: room[resource] ?? 0,
          needed: needs[resource] ?? 0,
          ...(held && { kept: true }),
        },
      }),
    );
    if (held) return { kind: 'admits', notes: reasons };
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
