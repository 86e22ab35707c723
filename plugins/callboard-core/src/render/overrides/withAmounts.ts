import type {
  AmountsByContainer,
  ClusterOverride,
  ScoreContainer,
  ScoreWorkload,
} from '@callboard/plugin-callboard-common';

type Amounts = NonNullable<ScoreContainer['resources']>;

/** Returns a workload whose containers have other amounts, each in place of its own. */
export function withAmounts(
  workload: ScoreWorkload,
  resources: AmountsByContainer,
): ScoreWorkload {
  const { name } = workload.metadata;
  if (!Object.hasOwn(resources, name)) return workload;
  const given = resources[name];
  return {
    ...workload,
    containers: Object.fromEntries(
      Object.entries(workload.containers).map(([container, spec]) => [
        container,
        Object.hasOwn(given, container)
          ? {
              ...spec,
              resources: mergeAmounts([spec.resources ?? {}, given[container]]),
            }
          : spec,
      ]),
    ),
  };
}

/** Merges amounts; the last value of each counts. */
export function mergeAmounts(all: readonly Amounts[]): Amounts {
  return {
    limits: Object.assign({}, ...all.map(({ limits }) => limits)),
    requests: Object.assign({}, ...all.map(({ requests }) => requests)),
  };
}

/** Returns the amounts of a container in an override; undefined where it has none. */
export function amountsOf(
  { resources = {} }: ClusterOverride,
  workload: string,
  container: string,
): Amounts | undefined {
  return Object.hasOwn(resources, workload) &&
    Object.hasOwn(resources[workload], container)
    ? resources[workload][container]
    : undefined;
}
