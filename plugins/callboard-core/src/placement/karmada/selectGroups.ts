import { compareText } from '../selectors';

export interface Group {
  name: string;
  /** Number of its clusters. */
  value: number;
  weight: number;
}

interface Path {
  groups: Group[];
  weight: number;
  value: number;
  id: number;
}

const MOST_PATHS = 200_000; // far beyond real numbers of regions; bounds the time for a hostile policy

/**
 * Selects the best combination of groups: between `least` and `most` of them,
 * with a total value of at least `target`; the highest weight, then value, then
 * the first found. Where a prefix of it suffices, that is used.
 *
 * Source: karmada-io/karmada
 * pkg/scheduler/core/spreadconstraint/select_groups.go (1.16).
 */
export function selectGroups(
  groups: readonly Group[],
  { least, most, target }: { least: number; most: number; target: number },
): Group[] {
  const paths = findPaths([...groups].sort(compareGroups), {
    least,
    most,
    target,
  });
  paths.sort((a, b) => b.weight - a.weight || b.value - a.value || a.id - b.id);
  let [best] = paths;
  for (const path of paths.slice(1)) if (isBeginning(path, best)) best = path;
  return best === undefined ? [] : best.groups;
}

function compareGroups(a: Group, b: Group): number {
  return (
    a.value - b.value || b.weight - a.weight || compareText(a.name, b.name)
  );
}

/** `groups` ascend by value: the sum of the last ones is the most that can still be added. */
function findPaths(
  groups: readonly Group[],
  { least, most, target }: { least: number; most: number; target: number },
): Path[] {
  const paths: Path[] = [];
  const current: Group[] = [];
  const worthFrom = sumsFromEnd(groups);
  const walk = (sum: number, start: number) => {
    const places = Math.min(most - current.length, groups.length - start);
    const isHopeless =
      sum + worthFrom[groups.length - Math.max(0, places)] < target ||
      current.length + places < least;
    if (isHopeless || paths.length >= MOST_PATHS) return;
    if (sum >= target && current.length >= least && current.length <= most) {
      paths.push(pathOf(current, paths.length));
      return;
    }
    if (current.length >= most) return;
    for (let index = start; index < groups.length; index += 1) {
      current.push(groups[index]);
      walk(sum + groups[index].value, index + 1);
      current.pop();
    }
  };
  walk(0, 0);
  return paths;
}

/** Returns the total value of the groups from each position on. */
function sumsFromEnd(groups: readonly Group[]): number[] {
  const sums = [0];
  for (const { value } of [...groups].reverse()) sums.unshift(sums[0] + value);
  return sums;
}

function pathOf(groups: readonly Group[], id: number): Path {
  const sorted = [...groups].sort(
    (a, b) => b.weight - a.weight || compareText(a.name, b.name),
  );
  return {
    id,
    groups: sorted,
    weight: sorted.reduce((sum, { weight }) => sum + weight, 0),
    value: sorted.reduce((sum, { value }) => sum + value, 0),
  };
}

function isBeginning(path: Path, of: Path): boolean {
  return (
    path.groups.length < of.groups.length &&
    path.groups.every(({ name }, index) => of.groups[index].name === name)
  );
}
