import { parseCpu, parseMemory } from '@callboard/plugin-callboard-core';
import type { ResourceAmounts } from '@callboard/plugin-callboard-common';

export type Amounts = Required<ResourceAmounts>;

export const NO_AMOUNTS: Amounts = {
  cpuMillicores: 0,
  memoryBytes: 0,
  pods: 0,
};

/** Reads quantities as a cluster writes them; a missing or invalid one counts as zero. */
export function readAmounts(
  amounts: { readonly [resource: string]: unknown } | undefined,
): Amounts {
  return {
    cpuMillicores: parseCpu(amounts?.cpu) ?? 0,
    memoryBytes: parseMemory(amounts?.memory) ?? 0,
    pods: parseMemory(amounts?.pods) ?? 0, // a plain number reads the same
  };
}

export function addAmounts(amounts: readonly Amounts[]): Amounts {
  return amounts.reduce(
    (sum, each) => ({
      cpuMillicores: sum.cpuMillicores + each.cpuMillicores,
      memoryBytes: sum.memoryBytes + each.memoryBytes,
      pods: sum.pods + each.pods,
    }),
    NO_AMOUNTS,
  );
}
