import {
  BUILT_IN_PROVISIONERS,
  type Provisioner,
  compileProvisioner,
} from '@callboard/plugin-callboard-core';
import type { ProvisionerFile } from '@callboard/plugin-callboard-common';
import type { ControlPlaneDeps } from '../../ControlPlaneDeps';

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

/** One that cannot be compiled was refused where the files are read. */
function compileOnce(file: ProvisionerFile): Provisioner[] {
  const known = compiled.get(file);
  if (known) return known;
  const made = compileProvisioner(file);
  const list = made.ok ? [made.value] : [];
  compiled.set(file, list);
  return list;
}
