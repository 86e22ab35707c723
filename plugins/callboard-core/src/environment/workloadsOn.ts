import type { ScoreWorkload } from '@callboard/plugin-callboard-common';
import { fillAmounts } from '../render/baseline';
import { withAmounts } from '../render/overrides';
import { overridesFor } from './overridesFor';
import type { ResolvedEnvironment } from './types';

/**
 * Returns the workloads of an app with the amounts that they are rendered with
 * on a cluster with these labels, as placement counts them; undefined where the
 * environment sets no amounts there.
 *
 * @param renderer - version of the renderer
 */
export function workloadsOn(
  {
    workloads,
    renderer,
  }: { workloads: readonly ScoreWorkload[]; renderer: number },
  environment: Pick<ResolvedEnvironment, 'overrides'>,
  clusterLabels: Record<string, string>,
): ScoreWorkload[] | undefined {
  // Called for every app on every cluster, and few environments set amounts.
  if (environment.overrides.every(({ resources }) => resources === undefined))
    return undefined;
  const { resources } = overridesFor(environment, clusterLabels) ?? {};
  return (
    resources &&
    workloads.map(each => fillAmounts(withAmounts(each, resources), renderer))
  );
}
