import type { Problem, ProblemCode } from '@callboard/plugin-callboard-common';
import {
  clusterAnswerInvalid,
  clusterFailing,
  clusterRefused,
  clusterThrottled,
} from './clusterProblems';
import { type ConflictProblem, readConflicts } from './FieldConflict';
import { type KubeStatus, readStatus } from './KubeStatus';

/** Source: kubernetes pkg/registry/core/service/portallocator (1.36). */
const NO_PORT =
  /failed to allocate a nodePort|(?:nodePort.*|provided port )(?:is )?already allocated|range is full/;

/**
 * Returns the problem for an HTTP status other than success.
 *
 * @param options.isSecret - the object holds secrets: the server's message may
 *   quote them and is left out
 */
export function describeStatus(
  answer: { cluster: string; what: string; status: number; body: unknown },
  options: { isSecret?: boolean; retryAfterMs?: number } = {},
): Problem {
  const { cluster, what, status } = answer;
  const said = readStatus(answer.body);
  if (status === 429)
    return clusterThrottled(cluster, what, options.retryAfterMs ?? 1000);
  if (said === undefined) return describeStrangeStatus(answer);
  const why = options.isSecret
    ? wordsWithoutValues(said)
    : said.message.trim() || said.reason.trim() || `HTTP ${status}`;
  if (status === 401)
    return clusterRefused(
      cluster,
      what,
      'it does not accept the credentials (HTTP 401)',
    );
  if (isTerminating(said)) return namespaceTerminating(what, why);
  if (status === 403) return clusterRefused(cluster, what, why);
  if (status === 404)
    return objectProblem(
      'object-not-found',
      what,
      why,
      'Check the name, or apply it first',
    );
  if (status === 409) return conflict(what, why, said);
  if (status === 410)
    return objectProblem(
      'resource-version-gone',
      what,
      why,
      'Nothing to do; it is listed again',
    );
  if (NO_PORT.test(said.message)) return noFreePort(cluster, what);
  if (status >= 500 && !isUnknownField(said))
    return clusterFailing(cluster, what, why);
  return objectProblem('object-invalid', what, why, 'Correct the named fields');
}

function noFreePort(cluster: string, what: string): Problem {
  return {
    code: 'no-free-port',
    what,
    why: `no port is free on ${cluster}: every port of its nodes that services may use is taken`,
    next: `Remove an app from ${cluster} that is not needed, or ask the platform team for more ports`,
    transient: false,
  };
}

function describeStrangeStatus({
  cluster,
  what,
  status,
}: {
  cluster: string;
  what: string;
  status: number;
}): Problem {
  if (status === 401 || status === 403) {
    return clusterRefused(
      cluster,
      what,
      `it does not accept the credentials (HTTP ${status})`,
    );
  }
  if (status >= 500)
    return clusterFailing(cluster, what, `it answers HTTP ${status}`);
  return clusterAnswerInvalid(
    cluster,
    what,
    `it answers HTTP ${status} and not as Kubernetes does`,
  );
}

/**
 * A field that the schema does not have is an error in the object, though
 * server-side apply responds with 500. Source: kubernetes/apimachinery
 * managedfields, "failed to create typed patch object", seen on 1.36.
 */
function isUnknownField(status: KubeStatus): boolean {
  return status.message.includes('failed to create typed patch object');
}

function isTerminating(status: KubeStatus): boolean {
  return status.causes.some(cause => cause.reason === 'NamespaceTerminating');
}

function namespaceTerminating(what: string, why: string): Problem {
  return {
    code: 'namespace-terminating',
    what,
    why,
    next: 'Nothing to do; it is tried again once the namespace is gone',
    transient: true,
  };
}

function conflict(
  what: string,
  why: string,
  said: KubeStatus,
): ConflictProblem {
  const conflicts = readConflicts(said);
  const fields = conflicts.map(
    ({ field, manager }) => `${field} (written by "${manager}")`,
  );
  return {
    ...objectProblem(
      'object-conflict',
      what,
      fields.length > 0 ? fields.join(', ') : why,
      'Decide who owns these fields',
    ),
    conflicts,
  };
}

function objectProblem(
  code: ProblemCode,
  what: string,
  why: string,
  next: string,
): Problem {
  return { code, what, why, next, transient: code === 'resource-version-gone' };
}

function wordsWithoutValues(status: KubeStatus): string {
  const fields = status.causes
    .map(cause => cause.field)
    .filter(field => field !== '');
  return [status.reason || 'refused', ...fields].join(', ');
}
