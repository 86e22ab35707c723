import type {
  ScoreWorkload,
  VariablesByContainer,
} from '@callboard/plugin-callboard-common';

/** A workload whose containers have further variables, in place of its own of the same names. */
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
