import type {
  Problem,
  ProvisionerFile,
} from '@callboard/plugin-callboard-common';
import { compileProvisioner } from './compileProvisioner';

/** What is wrong with provisioners beyond their form: placeholders that refer to nothing, a name that is taken. */
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
