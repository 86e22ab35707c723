import {
  compareQuantities,
  milliValueOf,
  parseQuantity,
  type Quantity,
  valueOf,
} from '../quantity';
import type { KarmadaWorkload, NodeGrade } from './types';

/**
 * Returns how many replicas the nodes of a cluster hold, by their sizes: only
 * nodes that hold at least one, each as many as fit into the minimum of its
 * grade.
 *
 * Source: karmada-io/karmada pkg/estimator/client/general.go (1.16).
 *
 * @returns undefined where nothing is requested, or grades do not contain a
 *   requested resource
 */
export function countByGrades(
  grades: readonly NodeGrade[],
  { requests }: KarmadaWorkload,
): number | undefined {
  const wanted = Object.entries(requests).filter(([, amount]) => amount > 0);
  if (wanted.length === 0) return undefined;
  let first = 0;
  for (const [resource, amount] of wanted) {
    const sizes = grades.map(({ least }) => parseQuantity(least[resource]));
    if (sizes.every(size => size === undefined)) return undefined;
    const fitting = sizes.findIndex(
      size => size !== undefined && holds(size, resource, amount),
    );
    if (fitting < 0) return 0;
    first = Math.max(first, fitting);
  }
  return grades
    .slice(first)
    .reduce((sum, grade) => sum + grade.count * perNode(grade, wanted), 0);
}

/** A node that holds one never counts as less. */
function perNode(
  { least }: NodeGrade,
  wanted: ReadonlyArray<[string, number]>,
): number {
  const counts = wanted.map(([resource, amount]) => {
    const size = parseQuantity(least[resource]);
    if (size === undefined) return 0;
    const units = resource === 'cpu' ? milliValueOf(size) : valueOf(size);
    return Math.floor(units / amount);
  });
  return Math.max(1, Math.min(...counts));
}

function holds(size: Quantity, resource: string, amount: number): boolean {
  const needed: Quantity = {
    digits: BigInt(amount),
    exponent: resource === 'cpu' ? -3 : 0,
    binary: 0,
  };
  return compareQuantities(size, needed) >= 0;
}
