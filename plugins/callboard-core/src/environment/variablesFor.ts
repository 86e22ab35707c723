import type { VariablesByContainer } from '@callboard/plugin-callboard-common';
import { matchesSelector } from '../placement/selectors';
import type { ResolvedEnvironment } from './types';

/** Variables that an environment gives containers on a cluster with these labels; undefined where it gives none. Of several overrides that match, the last one that names a variable counts. */
export function variablesFor(
  { overrides }: Pick<ResolvedEnvironment, 'overrides'>,
  clusterLabels: Record<string, string>,
): VariablesByContainer | undefined {
  const matching = overrides.flatMap(({ clusters, variables }) =>
    variables && matchesSelector(clusters, clusterLabels) ? [variables] : [],
  );
  if (matching.length === 0) return undefined;
  return mergeMaps(matching, workloads =>
    mergeMaps(workloads, containers =>
      mergeMaps(containers, texts => texts[texts.length - 1]),
    ),
  );
}

/** One map with the keys of all; `mergeValues` is given the values of a key, in the order of the maps. */
function mergeMaps<T>(
  maps: ReadonlyArray<Record<string, T>>,
  mergeValues: (values: T[]) => T,
): Record<string, T> {
  const values = new Map<string, T[]>();
  for (const [key, value] of maps.flatMap(map => Object.entries(map)))
    values.set(key, [...(values.get(key) ?? []), value]);
  return Object.fromEntries(
    [...values].map(([key, all]) => [key, mergeValues(all)]),
  );
}
