import type {
  EnvironmentFile,
  Problem,
} from '@callboard/plugin-callboard-common';

/**
 * Returns what is wrong with the domains of environments: with the same domain
 * in two, an app would have the same host twice.
 */
export function checkDomains(
  environments: readonly EnvironmentFile[],
): Problem[] {
  const first = new Map<string, string>();
  const problems: Problem[] = [];
  for (const { metadata, spec } of environments) {
    const domain = spec.addresses?.domain;
    if (domain === undefined) continue;
    const other = first.get(domain);
    if (other !== undefined && other !== metadata.name)
      problems.push({
        code: 'address-taken',
        what: `Cannot give apps of "${metadata.name}" the domain "${domain}"`,
        why: `those of "${other}" have it, and an app can answer in one environment only at one name`,
        next: `Use another one, such as "${metadata.name}.${domain}"`,
        transient: false,
      });
    first.set(domain, other ?? metadata.name);
  }
  return problems;
}
