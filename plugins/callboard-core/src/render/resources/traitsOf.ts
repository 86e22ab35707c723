import {
  type BlueprintFile,
  type ClusterFile,
  type KubeObject,
  isRecord,
} from '@callboard/plugin-callboard-common';
import { resolveBlueprint } from '../../blueprint';
import { gatewayOf } from './gatewayOf';
import { secretStoresOf } from './secretStoresOf';
import type { ClusterTraits } from './types';

/** Returns the traits of a cluster for provisioners, by its file and those of blueprints. */
export function traitsOf(
  { metadata, spec }: ClusterFile,
  blueprints: readonly BlueprintFile[],
): ClusterTraits {
  const blueprint =
    spec.blueprint === undefined
      ? undefined
      : resolveBlueprint(blueprints, spec.blueprint);
  return {
    name: metadata.name,
    labels: metadata.labels ?? {},
    blueprints: blueprint?.ok
      ? [blueprint.value.name, ...blueprint.value.inherits]
      : [],
    kinds: blueprint?.ok
      ? blueprint.value.addons.flatMap(({ objects }) =>
          objects.flatMap(definedKind),
        )
      : [],
    ...(blueprint?.ok &&
      offersOf(blueprint.value.addons.flatMap(({ objects }) => objects))),
  };
}

function offersOf(
  objects: readonly KubeObject[],
): Pick<ClusterTraits, 'gateway' | 'ingressClass' | 'secretStores'> {
  return { ...gatewayOf(objects), ...secretStoresOf(objects) };
}

/** Returns `Cluster.postgresql.cnpg.io` for an object that defines this kind. */
function definedKind(object: Record<string, unknown>): string[] {
  const { kind, spec } = object;
  return kind === 'CustomResourceDefinition' &&
    isRecord(spec) &&
    isRecord(spec.names)
    ? [`${String(spec.names.kind)}.${String(spec.group)}`]
    : [];
}
