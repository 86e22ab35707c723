import type { ProvisionerFile } from '@callboard/plugin-callboard-common';
import type { Provisioner } from '../types';
import { compileProvisioner } from './compileProvisioner';

const compiled = new WeakMap<ProvisionerFile, Provisioner[]>();

/** Compiles the provisioners of a platform's files, each once. Invalid ones were refused when the files were read. */
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
