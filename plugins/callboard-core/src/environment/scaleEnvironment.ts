import type { ResolvedEnvironment } from './types';

/** The environment with so many replicas on every cluster, or in all where they are divided; as it is where nobody said a number. */
export function scaleEnvironment(
  environment: ResolvedEnvironment,
  replicas: number | undefined,
): ResolvedEnvironment {
  if (replicas === undefined) return environment;
  const overrides = environment.overrides.map(
    ({ replicas: _said, ...override }) => override,
  );
  return { ...environment, replicas, overrides };
}
