import type {
  AppEnvironment,
  Problem,
} from '@callboard/plugin-callboard-common';

/**
 * Returns why a release may not be promoted from an environment in which it is
 * desired now: undefined unless it is Degraded there. A Progressing or Unknown
 * release may still become healthy; the person who promotes it decides.
 */
export function blockDegraded(
  {
    app,
    environment,
    release,
  }: {
    app: string;
    /** Its title. */
    environment: string;
    release: number;
  },
  from:
    | Pick<AppEnvironment, 'title' | 'release' | 'health' | 'findings'>
    | undefined,
): Problem | undefined {
  if (from?.release?.number !== release || from.health.status !== 'Degraded')
    return undefined;
  return {
    code: 'release-degraded',
    what: `Cannot promote release ${release} of "${app}" to ${environment}`,
    why: `it is degraded in ${from.title}: ${
      from.findings[0]?.what ?? from.health.message
    }`,
    next: `Push a release that turns healthy in ${from.title}, or promote an earlier one`,
    transient: false,
  };
}
