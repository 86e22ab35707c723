import type {
  PlacementSpec,
  PrioritizerConfig,
} from '@callboard/plugin-callboard-common';
import { addOnScore } from './addOnScore';
import { mostAllocatable, readCpu, readMemory } from './allocatable';
import { balance } from './balance';
import { steady } from './steady';
import type { Prioritizer } from './types';

export interface WeighedPrioritizer {
  name: string;
  weight: number;
  score: Prioritizer;
}

export type Weighing =
  | { kind: 'weighed'; prioritizers: WeighedPrioritizer[] }
  | { kind: 'misconfigured'; why: string };

const BUILT_IN: Record<string, Prioritizer> = {
  Balance: balance,
  Steady: steady,
  ResourceAllocatableCPU: mostAllocatable(readCpu),
  ResourceAllocatableMemory: mostAllocatable(readMemory),
};

/**
 * Returns the prioritizers that count, with their weights. `Exact` drops the
 * defaults (Balance 1, Steady 1); of a built-in named twice the last one
 * counts, an add-on score named twice counts twice. A weight of zero is
 * ignored, including its name.
 *
 * Source: open-cluster-management.io/ocm
 * pkg/placement/controllers/scheduling/schedule.go (1.0).
 */
export function weighPrioritizers({
  prioritizerPolicy,
}: PlacementSpec): Weighing {
  const mode = prioritizerPolicy?.mode || 'Additive';
  if (mode !== 'Additive' && mode !== 'Exact') {
    return misconfigured(
      `"${mode}" is not a mode of prioritizers; it can be Additive or Exact`,
    );
  }
  const builtIn = new Map<string, number>(
    mode === 'Exact'
      ? []
      : [
          ['Balance', 1],
          ['Steady', 1],
        ],
  );
  const addOns: PrioritizerConfig[] = [];
  for (const configuration of prioritizerPolicy?.configurations ?? []) {
    const { scoreCoordinate } = configuration;
    if (!scoreCoordinate)
      return misconfigured('A prioritizer needs a scoreCoordinate');
    if ((scoreCoordinate.type || 'BuiltIn') === 'BuiltIn') {
      builtIn.set(scoreCoordinate.builtIn ?? '', weightOf(configuration));
    } else {
      addOns.push(configuration);
    }
  }
  return resolve(builtIn, addOns);
}

/** A placement without Steady asks for moves to better clusters. */
export function isSteady(weighing: Weighing): boolean {
  return (
    weighing.kind === 'weighed' &&
    weighing.prioritizers.some(
      ({ name, weight }) => name === 'Steady' && weight > 0,
    )
  );
}

function resolve(
  builtIn: Map<string, number>,
  addOns: readonly PrioritizerConfig[],
): Weighing {
  const prioritizers: WeighedPrioritizer[] = [];
  for (const [name, weight] of builtIn) {
    if (weight === 0) continue;
    if (!Object.prototype.hasOwnProperty.call(BUILT_IN, name)) {
      return misconfigured(
        `"${name}" is not a built-in prioritizer; there are ${Object.keys(
          BUILT_IN,
        ).join(', ')}`,
      );
    }
    prioritizers.push({ name, weight, score: BUILT_IN[name] });
  }
  for (const configuration of addOns) {
    const weight = weightOf(configuration);
    const { addOn } = configuration.scoreCoordinate;
    if (weight === 0) continue;
    if (!addOn)
      return misconfigured(
        'A prioritizer of an add-on needs addOn with resourceName and scoreName',
      );
    const { resourceName = '', scoreName = '' } = addOn;
    const score = addOnScore(resourceName, scoreName);
    prioritizers.push({
      name: `AddOn/${resourceName}/${scoreName}`,
      weight,
      score,
    });
  }
  return { kind: 'weighed', prioritizers };
}

function weightOf({ weight }: PrioritizerConfig): number {
  return weight ?? 1;
}

function misconfigured(why: string): Weighing {
  return { kind: 'misconfigured', why };
}
