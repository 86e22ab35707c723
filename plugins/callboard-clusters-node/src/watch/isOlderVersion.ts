/**
 * True when `candidate` is older than `current`. Versions that are not plain
 * numbers cannot be compared; the result is then false.
 *
 * Source: KEP-5504 (comparable resource versions): decimal numbers of any
 * length.
 */
export function isOlderVersion(candidate: string, current: string): boolean {
  const numeric = /^[1-9][0-9]*$/;
  if (!numeric.test(candidate) || !numeric.test(current)) return false;
  return candidate.length === current.length
    ? candidate < current
    : candidate.length < current.length;
}
