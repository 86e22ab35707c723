import type { PolicyFile, Problem } from '@callboard/plugin-callboard-common';

/** The platform's files have no policy of that name. */
export function policyMissing(
  name: string,
  policies: readonly PolicyFile[],
): Problem {
  const known = policies
    .map(({ metadata }) => `"${metadata.name}"`)
    .slice(0, 20);
  return {
    code: 'policy-not-found',
    what: `Cannot find the policy "${name}"`,
    why: 'no file of the platform defines it',
    next:
      known.length === 0
        ? 'Add a file of kind Policy'
        : `Use one of ${known.join(', ')}`,
    transient: false,
  };
}

/** Part of the request is not valid. */
export function exceptionInvalid(why: string, next: string): Problem {
  return {
    code: 'exception-invalid',
    what: 'Cannot make this exception',
    why,
    next,
    transient: false,
  };
}

/** No exception has this id, or it has ended. */
export function exceptionMissing(): Problem {
  return {
    code: 'exception-not-found',
    what: 'Cannot find this exception',
    why: 'there is none of this id, or it has ended',
    next: 'Look at the list of exceptions',
    transient: false,
  };
}
