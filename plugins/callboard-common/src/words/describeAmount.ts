import { describeBytes, roundBelow100 } from './describeBytes';
import { describeCpu } from './describeCpu';
import { countOf } from './countOf';

const BYTES = new Set([
  'memoryBytes',
  'memory',
  'ephemeralStorageBytes',
  'ephemeral-storage',
  'storage',
]);
const MOST_DIGITS = 6;

/**
 * Formats an amount of a resource for people: `64 CPU`, `512 MiB`, `3 pods`,
 * `2`.
 *
 * @param resource - a key of our own (`cpuMillicores`, `memoryBytes`, `pods`)
 *   or its name in Kubernetes; amounts of `cpu` are cores, all others are in
 *   the unit of the name
 */
export function describeAmount(resource: string, amount: number): string {
  return describe(resource, amount);
}

/**
 * Formats two amounts of one resource, with enough decimals to show that they
 * differ: `15.98 GiB` and `16 GiB`, never `16 GiB` and `16 GiB`.
 */
export function describeTwoAmounts(
  resource: string,
  [one, other]: readonly [number, number],
): [one: string, other: string] {
  for (let digits = 1; digits < MOST_DIGITS; digits += 1) {
    const words: [string, string] = [
      describe(resource, one, digits),
      describe(resource, other, digits),
    ];
    if (one === other || words[0] !== words[1]) return words;
  }
  return BYTES.has(resource)
    ? [`${one} B`, `${other} B`]
    : [String(one), String(other)];
}

function describe(resource: string, amount: number, digits?: number): string {
  if (BYTES.has(resource)) return describeBytes(amount, digits);
  switch (resource) {
    case 'cpuMillicores':
      return digits === undefined || digits < 2
        ? describeCpu(amount)
        : `${amount / 1_000} CPU`;
    case 'cpu':
      return describe('cpuMillicores', amount * 1_000, digits);
    case 'pods':
      return countOf(amount, 'pod');
    default:
      return String(roundBelow100(amount, 3));
  }
}
