import {
  type Problem,
  countOf,
  describeInstant,
} from '@callboard/plugin-callboard-common';
import type { PolicyFinding, PolicyVerdict } from './types';

/** Describes a finding in the words of the policy: `A service must not … (Service web)`. */
export function describePolicyFinding({
  message,
  failure,
  object,
}: PolicyFinding): string {
  const where = object ? ` (${object.kind} ${object.name})` : '';
  const why =
    failure === undefined ? '' : `, which cannot be judged: ${failure}`;
  return `${withoutStop(message)}${where}${why}`;
}

/** Returns the verdicts that refuse a release: those that deny and have no exception. */
export function listDenials(
  verdicts: readonly PolicyVerdict[],
): PolicyVerdict[] {
  return verdicts.filter(
    ({ mode, exception }) => mode === 'deny' && exception === undefined,
  );
}

/**
 * Returns the problem of a request that policies deny; undefined where none
 * does.
 *
 * @param asked - `what` is refused, and the app in which environment an
 *   exception would be for
 */
export function policyDenied(
  verdicts: readonly PolicyVerdict[],
  asked: { what: string; app: string; environment: string },
): Problem | undefined {
  const denials = listDenials(verdicts);
  const [first] = denials;
  if (!first) return undefined;
  const [finding] = first.findings;
  const others = denials.slice(1).map(({ name }) => `"${name}"`);
  const also =
    others.length === 0
      ? ''
      : `; ${others.join(', ')} ${
          others.length === 1 ? 'denies' : 'deny'
        } it too`;
  const more =
    first.count > 1 ? ` (and ${countOf(first.count - 1, 'more fault')})` : '';
  const names = denials.map(({ name }) => `"${name}"`).join(', ');
  return {
    code: 'policy-denied',
    what: asked.what,
    why: `the policy "${first.name}" denies it: ${describePolicyFinding(
      finding,
    )}${more}${also}`,
    next: `${withoutStop(
      finding.next ?? 'Change what it says',
    )}, or ask the platform team for an exception from ${names} for "${
      asked.app
    }/${asked.environment}"`,
    transient: false,
  };
}

/** Returns the warnings for a release that is allowed: policies that warn, and exceptions. */
export function policyWarnings(
  verdicts: readonly PolicyVerdict[],
  environment: string,
): string[] {
  return verdicts.flatMap(({ name, mode, findings, count, exception }) => {
    const isDenied = mode === 'deny' && !exception;
    if (mode === 'audit' || isDenied) return [];
    const said = describePolicyFinding(findings[0]);
    const more = count > 1 ? ` (and ${countOf(count - 1, 'more fault')})` : '';
    const despite = exception
      ? `, by an exception until ${describeInstant(
          exception.until.toISOString(),
        )}`
      : '';
    const verb = mode === 'deny' ? 'is violated' : 'warns';
    return [
      `Policy "${name}" ${verb} in ${environment}: ${said}${more}${despite}`,
    ];
  });
}

function withoutStop(text: string): string {
  return text.replace(/\.$/, '');
}
