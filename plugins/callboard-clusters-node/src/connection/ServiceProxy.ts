import {
  type Problem,
  type Result,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import {
  AnswerTooLargeError,
  type CallOptions,
  type JsonLimits,
  type ServiceAnswer,
  type ServiceRef,
  parseJson,
  readBody,
} from '@callboard/plugin-callboard-node';
import type { Answer, ClusterRequests } from './ClusterRequests';
import { clusterAnswerInvalid } from './clusterProblems';
import { describeNetworkError } from './describeNetworkError';
import { readStatus } from './KubeStatus';

const ANSWER_BYTES = 2 * 1024 * 1024;
const DEADLINE_MS = 10_000;

export interface ServiceProxyDeps {
  cluster: string;
  requests: Pick<ClusterRequests, 'open'>;
  limits: JsonLimits;
  problemOf(answer: Answer, what: string): Problem;
}

/**
 * Calls services of a cluster through its API server. Responses of a service do
 * not count as the API server's: a service that throttles or fails delays no
 * other requests to the cluster.
 */
export class ServiceProxy {
  readonly #deps: ServiceProxyDeps;

  constructor(deps: ServiceProxyDeps) {
    this.#deps = deps;
  }

  async ask(
    { namespace, name, port, scheme }: ServiceRef,
    path: string,
    { signal, deadlineMs = DEADLINE_MS }: CallOptions,
  ): Promise<Result<ServiceAnswer>> {
    const { cluster, limits, problemOf } = this.#deps;
    const what = `Cannot ask Service "${name}" in namespace "${namespace}"`;
    const late = AbortSignal.any([
      AbortSignal.timeout(deadlineMs),
      ...(signal ? [signal] : []),
    ]);
    const opened = await this.#deps.requests.open({
      method: 'GET',
      path: `/api/v1/namespaces/${encodeURIComponent(
        namespace,
      )}/services/${proxiedName({ name, port, scheme })}/proxy${path}`,
      what,
      signal: late,
      deadlineMs,
    });
    if (!opened.ok) return opened;
    const { response, abort } = opened.value;
    try {
      const bytes = await readBody(response.body, ANSWER_BYTES);
      const body = parseJson(bytes, { ...limits, valueBytes: ANSWER_BYTES });
      const isOfApiServer = readStatus(body) !== undefined;
      return isOfApiServer
        ? failed(problemOf({ ...response, bytes }, what))
        : ok({ status: response.status, body });
    } catch (error) {
      const where = `${what} on cluster "${cluster}"`;
      return failed(
        error instanceof AnswerTooLargeError
          ? clusterAnswerInvalid(cluster, where, 'it answers too much')
          : describeNetworkError(cluster, where, error),
      );
    } finally {
      abort();
    }
  }
}

/** Returns the name of a Service in paths of the proxy and rules of RBAC: `https:prometheus:9090`. */
export function proxiedName({
  name,
  port,
  scheme = 'http',
}: Pick<ServiceRef, 'name' | 'port' | 'scheme'>): string {
  return `${scheme}:${encodeURIComponent(name)}:${port}`;
}
