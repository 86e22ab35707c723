import type {
  ScoreWorkload,
  VariablesByContainer,
} from '@callboard/plugin-callboard-common';

/** Returns a workload with further variables in its containers, in place of those of the same names. */
export function withVariables(
  workload: ScoreWorkload,
  variables: VariablesByContainer,
): ScoreWorkload {
  const { name } = workload.metadata;
  if (!Object.hasOwn(variables, name)) return workload;
  const added = variables[name];
  return {
    ...workload,
    containers: Object.fromEntries(
      Object.entries(workload.containers).map(([container, spec]) => [
        container,
        Object.hasOwn(added, container)
          ? { ...spec, variables: { ...spec.variables, ...added[container] } }
          : spec,
      ]),
    ),
  };
}
