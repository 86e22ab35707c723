import {
  type PlatformFile,
  type Problem,
  filesOfKind,
} from '@callboard/plugin-callboard-common';
import { checkDomains } from '../addresses';
import { compileHealthRules } from '../health/rules';
import { type LocatePolicy, checkPolicies } from '../policy';
import { checkProvisioners } from '../render';

/**
 * Checks the rules, templates, domains and expressions of platform files whose
 * form is valid.
 *
 * @param locatePolicy - position of a field of a policy, so that its faults
 *   have a line
 */
export function checkPlatformFiles(
  files: readonly PlatformFile[],
  locatePolicy?: LocatePolicy,
): Problem[] {
  const rules = compileHealthRules(
    filesOfKind(files, 'HealthRules').flatMap(({ spec }) => spec.rules),
  );
  const provisioners = checkProvisioners(filesOfKind(files, 'Provisioner'));
  return [
    ...(rules.ok ? [] : [rules.problem]),
    ...(provisioners ? [provisioners] : []),
    ...checkDomains(filesOfKind(files, 'Environment')),
    ...checkPolicies(filesOfKind(files, 'Policy'), locatePolicy),
  ];
}
