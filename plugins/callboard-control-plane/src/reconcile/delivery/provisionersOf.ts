import {
  BUILT_IN_PROVISIONERS,
  type ClusterTraits,
  type Provisioner,
  compileProvisioner,
  resolveBlueprint,
} from '@callboard/plugin-callboard-core';
import {
  type ProvisionerFile,
  isRecord,
} from '@callboard/plugin-callboard-common';
import type { ControlPlaneDeps, Platform } from '../../ControlPlaneDeps';
import type { ClusterRecord } from '../../store';

const compiled = new WeakMap<ProvisionerFile, Provisioner[]>();

/** Everybody who gives resources: the platform's files, modules, and what is built in. */
export function provisionersOf({
  platform,
  provisioners = [],
}: Pick<ControlPlaneDeps, 'platform' | 'provisioners'>): Provisioner[] {
  return [
    ...(platform.provisioners ?? []).flatMap(compileOnce),
    ...provisioners,
    ...BUILT_IN_PROVISIONERS,
  ];
}

/** What provisioners may know of a cluster. Its labels are those that count now, set by hand or not. */
export function traitsOf(
  { file }: ClusterRecord,
  platform: Platform,
): ClusterTraits {
  const { blueprint: named } = file.spec;
  const blueprint =
    named === undefined
      ? undefined
      : resolveBlueprint([...platform.blueprints], named);
  return {
    name: file.metadata.name,
    labels: file.metadata.labels ?? {},
    blueprints: blueprint?.ok
      ? [blueprint.value.name, ...blueprint.value.inherits]
      : [],
    kinds: blueprint?.ok
      ? blueprint.value.addons.flatMap(({ objects }) =>
          objects.flatMap(definedKind),
        )
      : [],
  };
}

/** `Cluster.postgresql.cnpg.io`, where an object defines a kind. */
function definedKind(object: Record<string, unknown>): string[] {
  const { kind, spec } = object;
  return kind === 'CustomResourceDefinition' &&
    isRecord(spec) &&
    isRecord(spec.names)
    ? [`${String(spec.names.kind)}.${String(spec.group)}`]
    : [];
}

/** One that cannot be compiled was refused where the files are read. */
function compileOnce(file: ProvisionerFile): Provisioner[] {
  const known = compiled.get(file);
  if (known) return known;
  const made = compileProvisioner(file);
  const list = made.ok ? [made.value] : [];
  compiled.set(file, list);
  return list;
}
