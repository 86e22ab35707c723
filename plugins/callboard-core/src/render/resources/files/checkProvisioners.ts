import type {
  Problem,
  ProvisionerFile,
} from '@callboard/plugin-callboard-common';
import { compileProvisioner } from './compileProvisioner';

/** Checks provisioners beyond their form: placeholders without a value, a name that is used twice. */
export function checkProvisioners(
  files: readonly ProvisionerFile[],
): Problem | undefined {
  const seen = new Set<string>();
  for (const file of files) {
    const { name } = file.metadata;
    if (seen.has(name))
      return {
        code: 'provisioner-invalid',
        what: `Cannot use the provisioner "${name}"`,
        why: 'another one has the same name',
        next: 'Give each provisioner a name of its own',
        transient: false,
      };
    seen.add(name);
    const compiled = compileProvisioner(file);
    if (!compiled.ok) return compiled.problem;
  }
  return undefined;
}
