import type { Problem, ProblemCode } from '@callboard/plugin-callboard-common';

/*
 * The only mapping from problems to HTTP statuses. Problems that are not listed
 * are errors of the request (422) or, where a retry may help, temporary
 * failures (503).
 */
const STATUS_OF: Record<number, ProblemCode[]> = {
  400: [
    'request-invalid',
    'app-name-invalid',
    'instant-before-history',
    'instant-in-future',
    'instant-unreadable',
  ],
  401: [
    'sign-in-needed',
    'git-token-missing',
    'git-token-wrong',
    'git-token-expired',
    'git-token-revoked',
    'git-token-ended',
  ],
  403: [
    'not-allowed',
    'not-owner',
    'app-name-taken',
    'app-owned-by-others',
    'owner-not-yours',
    'approval-missing',
    'origin-foreign',
    'pushed-code-refused',
    'git-token-of-app',
    'source-not-yours',
  ],
  404: [
    'app-not-found',
    'blueprint-not-found',
    'blueprint-rollout-not-found',
    'join-token-wrong',
    'cluster-not-found',
    'component-not-observed',
    'data-not-found',
    'deployment-not-found',
    'environment-not-found',
    'build-log-missing',
    'evidence-not-found',
    'git-address-unknown',
    'git-token-not-found',
    'exception-not-found',
    'nothing-released',
    'policy-not-found',
    'release-not-found',
    'resource-secrets-not-found',
    'repository-not-found',
    'rollout-not-found',
    'setting-not-found',
    'source-not-connected',
    'revision-not-found',
    'route-not-found',
  ],
  405: ['method-not-allowed'],
  408: ['push-too-slow'],
  409: [
    'address-taken',
    'app-changed-meanwhile',
    'app-deleted',
    'app-exists',
    'app-yaml-says-it',
    'owner-in-catalog',
    'blueprint-not-active',
    'blueprint-rollout-not-steerable',
    'blueprint-rollout-refused',
    'branch-moved',
    'cluster-exists',
    'cluster-not-by-agent',
    'cluster-not-removable',
    'data-in-use',
    'data-out-of-reach',
    'data-within-reach',
    'environment-moved-on',
    'environment-stopped',
    'policy-denied',
    'idempotency-key-reused',
    'git-token-name-taken',
    'git-tokens-too-many',
    'release-already-there',
    'source-followed',
    'source-history-missing',
    'release-degraded',
    'release-not-tried',
    'rollout-moved-on',
    'setting-missing',
    'setting-moved-on',
    'setting-needed',
    'setting-not-offered',
    'rollout-not-steerable',
  ],
  410: ['join-token-expired', 'join-token-used'],
  413: [
    'request-too-large',
    'push-too-large',
    'file-too-large',
    'revision-too-large',
  ],
  415: ['media-type-not-taken', 'git-encoding-not-taken'],
  421: ['host-unknown'], // sent to the wrong server (RFC 9110, 15.5.20)
  500: ['internal-error'],
  502: [
    'cluster-answer-invalid',
    'cluster-failing',
    'cluster-refused',
    'cluster-untrusted',
    'registry-answer-invalid',
    'registry-refused',
  ],
  503: [
    'git-host-busy',
    'git-missing',
    'output-busy',
    'cluster-throttled',
    'cluster-unreachable',
  ],
  504: ['cluster-timeout'],
};

const STATUSES = new Map(
  Object.entries(STATUS_OF).flatMap(([status, codes]) =>
    codes.map(code => [code, Number(status)] as const),
  ),
);

/** Returns the HTTP status of a problem, for every route and the git host. */
export function statusOf(problem: Problem): number {
  return STATUSES.get(problem.code) ?? (problem.transient ? 503 : 422);
}
