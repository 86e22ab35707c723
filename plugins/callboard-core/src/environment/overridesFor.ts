import type {
  ClusterOverride,
  VariablesByContainer,
} from '@callboard/plugin-callboard-common';
import { matchesSelector } from '../placement/selectors';
import { type AppOverrides, mergeAmounts } from '../render/overrides';
import type { ResolvedEnvironment } from './types';

/**
 * Returns the overrides of an environment on a cluster with these labels,
 * except for the number of replicas (`replicasFor`); undefined where there are
 * none. Of several overrides that match, the last one with a value counts;
 * patches are applied one after the other.
 */
export function overridesFor(
  { overrides }: Pick<ResolvedEnvironment, 'overrides'>,
  clusterLabels: Record<string, string>,
): AppOverrides | undefined {
  const matching = overrides.filter(({ clusters }) =>
    matchesSelector(clusters, clusterLabels),
  );
  const variables = mergeVariables(saidBy(matching, 'variables'));
  const resources = mergeMaps(saidBy(matching, 'resources'), containers =>
    mergeMaps(containers, mergeAmounts),
  );
  const autoscaling = mergeMaps(saidBy(matching, 'autoscaling'), lastOf);
  const patches = mergeMaps(saidBy(matching, 'patches'), all => all);
  const said: AppOverrides = {
    ...(hasEntries(variables) && { variables }),
    ...(hasEntries(resources) && { resources }),
    ...(hasEntries(autoscaling) && { autoscaling }),
    ...(hasEntries(patches) && { patches }),
  };
  return hasEntries(said) ? said : undefined;
}

function hasEntries(map: object): boolean {
  return Object.keys(map).length > 0;
}

function saidBy<K extends keyof ClusterOverride>(
  overrides: readonly ClusterOverride[],
  field: K,
): Array<NonNullable<ClusterOverride[K]>> {
  return overrides.flatMap(override => {
    const said = override[field];
    return said === undefined ? [] : [said as NonNullable<typeof said>];
  });
}

function mergeVariables(
  all: readonly VariablesByContainer[],
): VariablesByContainer {
  return mergeMaps(all, workloads =>
    mergeMaps(workloads, containers => mergeMaps(containers, lastOf)),
  );
}

function lastOf<T>(values: readonly T[]): T {
  return values[values.length - 1];
}

/** Merges maps into one with the keys of all; `mergeValues` is given the values of a key, in the order of the maps. */
function mergeMaps<T, R>(
  maps: ReadonlyArray<Record<string, T>>,
  mergeValues: (values: T[]) => R,
): Record<string, R> {
  const values = new Map<string, T[]>();
  for (const [key, value] of maps.flatMap(map => Object.entries(map)))
    values.set(key, [...(values.get(key) ?? []), value]);
  return Object.fromEntries(
    [...values].map(([key, all]) => [key, mergeValues(all)]),
  );
}
