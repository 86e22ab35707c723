import type {
  BlueprintFile,
  ClusterFile,
  GuardRails,
} from '@callboard/plugin-callboard-common';
import { resolveBlueprint } from '../blueprint';

/**
 * Returns the guard rails for apps on a cluster. Those of a retired version
 * still hold, as its objects stay on the cluster.
 *
 * @param cluster - with its desired version
 */
export function guardRailsOf(
  { spec: { blueprint } }: Pick<ClusterFile, 'spec'>,
  blueprints: readonly BlueprintFile[],
): GuardRails {
  if (blueprint === undefined) return {};
  const resolved = resolveBlueprint(blueprints, blueprint);
  if (resolved.ok) return resolved.value.apps;
  const usable = blueprints.map(
    (file): BlueprintFile =>
      file.spec.state === 'disabled'
        ? { ...file, spec: { ...file.spec, state: 'deprecated' } }
        : file,
  );
  const anyway = resolveBlueprint(usable, blueprint);
  return anyway.ok ? anyway.value.apps : {};
}
