import {
  CURRENT_RENDERER,
  describeNeverFits,
  dividesReplicas,
  fillAmounts,
  findNeverFits,
  instanceNeedsOf,
  replicasFor,
  resolveEnvironments,
  workloadsOn,
} from '@callboard/plugin-callboard-core';
import type { Problem } from '@callboard/plugin-callboard-common';
import type { RevisionSpec } from '@callboard/plugin-callboard-node';
import type { FactReader } from '../../reconcile/roles';
import { findUnadmitted, readSizes } from './findUnadmitted';

/** Requests of a push that can never be met. */
export interface CapacityFaults {
  /** In an environment that a push releases to: the push is refused. */
  refusal?: Problem;
  /** In later environments: only a warning. */
  warnings: string[];
}

/**
 * Finds the environments of an app whose clusters can never hold it, or whose
 * guard rails admit it nowhere. Only the size of clusters counts, never what
 * else runs there: placement judges that, and it may change.
 */
export async function findCapacityFaults(
  of: { app: string; spec: RevisionSpec },
  { deps }: FactReader,
): Promise<CapacityFaults> {
  const { app, spec } = of;
  const environments = resolveEnvironments(
    [...deps.platform.environments],
    spec.appFile,
  );
  if (!environments.ok) return { warnings: [] };
  const clusters = await readSizes(deps);
  const { workloads } = spec;
  const instances = workloads.map(workload =>
    instanceNeedsOf(fillAmounts(workload, CURRENT_RENDERER)),
  );
  const faults: CapacityFaults = { warnings: [] };
  for (const environment of environments.value) {
    const { placement } = environment;
    const fault = findNeverFits(
      {
        spec: placement,
        instances,
        instancesOn: ({ labels }) =>
          workloadsOn(
            { workloads, renderer: CURRENT_RENDERER },
            environment,
            labels,
          )?.map(instanceNeedsOf),
        ...(!dividesReplicas(placement) && {
          replicasOn: ({ labels }) => replicasFor(environment, labels),
        }),
      },
      clusters,
      deps.clock.now(),
    );
    const named = { app, environment: environment.title };
    const problem = fault
      ? describeNeverFits(fault, named)
      : findUnadmitted(
          environment,
          {
            app,
            workloads,
            deploy: spec.appFile?.spec.deploy,
            renderer: CURRENT_RENDERER,
          },
          { clusters, now: deps.clock.now() },
        );
    if (!problem) continue;
    if (environment.order === 1) faults.refusal = problem;
    else faults.warnings.push(`${problem.what}: ${problem.why}`);
  }
  return faults;
}
