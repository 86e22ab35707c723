import type { ProvisionerFile } from '@callboard/plugin-callboard-common';
import type { Provisioner } from '../types';
import { compileProvisioner } from './compileProvisioner';

const compiled = new WeakMap<ProvisionerFile, Provisioner[]>();

/** The provisioners of a platform's files, each compiled once. One that cannot be was refused where the files are read. */
export function compileProvisioners(
  files: readonly ProvisionerFile[],
): Provisioner[] {
  return files.flatMap(file => {
    const known = compiled.get(file);
    if (known) return known;
    const made = compileProvisioner(file);
    const list = made.ok ? [made.value] : [];
    compiled.set(file, list);
    return list;
  });
}
