import type { ResolvedEnvironment } from './types';

/**
 * Returns the environment with this number of replicas on every cluster, or in
 * total where they are divided; unchanged where no number was set.
 */
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
