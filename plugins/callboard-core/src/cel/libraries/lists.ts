import type { Environment } from '@marcbachmann/cel-js';

type Comparable = string | number | bigint | boolean;

/**
 * Registers the functions of lists. Source: kubernetes/kubernetes
 * staging/src/k8s.io/apiserver/pkg/cel/library/lists.go (1.36).
 */
export function registerLists(environment: Environment): void {
  const add = environment.registerFunction.bind(environment);
  add('list<dyn>.isSorted(): bool', (list: Comparable[]) =>
    list.every((value, index) => index === 0 || list[index - 1] <= value),
  );
  add('list<dyn>.sum(): dyn', sum);
  add('list<dyn>.min(): dyn', (list: Comparable[]) =>
    extreme(list, (a, b) => a < b),
  );
  add('list<dyn>.max(): dyn', (list: Comparable[]) =>
    extreme(list, (a, b) => a > b),
  );
  add('list<dyn>.indexOf(dyn): int', (list: unknown[], value: unknown) =>
    BigInt(list.indexOf(value)),
  );
  add('list<dyn>.lastIndexOf(dyn): int', (list: unknown[], value: unknown) =>
    BigInt(list.lastIndexOf(value)),
  );
}

function sum(list: unknown[]): unknown {
  return list.reduce((total: unknown, value) => {
    if (typeof total === 'bigint' && typeof value === 'bigint')
      return inRange(total + value);
    if (total === 0n && typeof value === 'number') return value;
    if (typeof total === 'number' && typeof value === 'number')
      return total + value;
    throw new Error('no such overload: sum');
  }, 0n);
}

function inRange(total: bigint): bigint {
  if (BigInt.asIntN(64, total) !== total) throw new Error('integer overflow');
  return total;
}

function extreme(
  list: Comparable[],
  wins: (a: Comparable, b: Comparable) => boolean,
): Comparable {
  if (list.length === 0) throw new Error('min or max called on an empty list');
  return list.reduce((best, value) => (wins(value, best) ? value : best));
}
