import type {
  BlueprintFile,
  ClusterFile,
  GuardRails,
} from '@callboard/plugin-callboard-common';
import { resolveBlueprint } from '../blueprint';

/**
 * What apps on a cluster are held to. A version that is no longer to be used
 * goes on holding them, as what it brought stays where it is.
 *
 * @param cluster - with the version that it shall run
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
