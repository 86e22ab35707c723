import {
  type PlatformFile,
  type Problem,
  filesOfKind,
} from '@callboard/plugin-callboard-common';
import { compileHealthRules } from '../health/rules';
import { checkProvisioners } from '../render';

/** What is wrong with the rules and templates of platform files, whose form is right. */
export function checkPlatformFiles(files: readonly PlatformFile[]): Problem[] {
  const rules = compileHealthRules(
    filesOfKind(files, 'HealthRules').flatMap(({ spec }) => spec.rules),
  );
  const provisioners = checkProvisioners(filesOfKind(files, 'Provisioner'));
  return [
    ...(rules.ok ? [] : [rules.problem]),
    ...(provisioners ? [provisioners] : []),
  ];
}
