import type { Problem } from '@callboard/plugin-callboard-common';

/** Nothing was rolled out in waves there. */
export function rolloutMissing({
  app,
  environment,
}: {
  app: string;
  environment: string;
}): Problem {
  return {
    code: 'rollout-not-found',
    what: `Cannot find a rollout of "${app}" in ${environment}`,
    why: 'no release went there in waves',
    next: `Promote a release; it goes in waves where the environment or app.yaml says "rollout"`,
    transient: false,
  };
}
