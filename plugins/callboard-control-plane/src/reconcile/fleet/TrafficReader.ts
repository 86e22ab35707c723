import {
  NAMESPACES_AT_ONCE,
  type SourceVectors,
  type TrafficNumbers,
  type VectorSample,
  latencyQuery,
  mergeTraffic,
  readVector,
  requestsQuery,
  trafficSources,
} from '@callboard/plugin-callboard-core';
import {
  type ClusterPrometheus,
  type Problem,
  type Result,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import type { ServiceAnswer } from '@callboard/plugin-callboard-node';
import type { TrafficRecord } from '../../store';
import type { ClusterWatcher } from '../roles';
import type { ManagedCluster } from './Fleet';

const QUERY_PATH = '/api/v1/query';
const CALL_MS = 10_000;
const ALL_MS = 30_000; // of all queries of one reading

/** Traffic of namespaces, or why it is unknown for all. */
interface Reading {
  askedAt: Date;
  answer: Result<ReadonlyMap<string, TrafficNumbers>>;
}

/**
 * Queries the Prometheus of one cluster for the requests of all its apps at
 * once. A Prometheus that does not answer is queried less and less often, and
 * delays nothing else.
 */
export class TrafficReader {
  readonly #cluster: ManagedCluster;
  readonly #context: ClusterWatcher;
  #failures = 0;
  /** It is not queried again before this time, ms. */
  #askAgainAtMs = 0;
  #last?: Reading & { of: string };

  constructor(cluster: ManagedCluster, context: ClusterWatcher) {
    this.#cluster = cluster;
    this.#context = context;
  }

  /**
   * Reads the traffic of namespaces. Never throws for a failure of Prometheus.
   *
   * @returns what is known of a namespace; undefined where the cluster has no
   *   Prometheus
   */
  async read(
    namespaces: readonly string[],
    signal: AbortSignal,
  ): Promise<((namespace: string) => TrafficRecord) | undefined> {
    const { prometheus } = this.#cluster.record.file.spec;
    if (!prometheus) {
      this.#last = undefined;
      return undefined;
    }
    const of = JSON.stringify(prometheus);
    const isHeldBack =
      this.#last?.of === of &&
      this.#context.deps.clock.now().getTime() < this.#askAgainAtMs;
    const reading =
      this.#last && isHeldBack
        ? this.#last
        : await this.#ask(prometheus, namespaces, signal);
    this.#last = { ...reading, of };
    // While Prometheus is held back, its last failure is reported as of now.
    const askedAt = this.#context.deps.clock.now();
    return namespace => recordOf({ ...reading, askedAt }, namespace);
  }

  async #ask(
    prometheus: ClusterPrometheus,
    namespaces: readonly string[],
    stopping: AbortSignal,
  ): Promise<Reading> {
    const { deps, intervals } = this.#context;
    const signal = AbortSignal.any([stopping, AbortSignal.timeout(ALL_MS)]);
    const answer = await this.#askAll(prometheus, namespaces, signal);
    const askedAt = deps.clock.now();
    const { usageMs, usageBackOffMaxMs } = intervals;
    this.#failures = answer.ok ? 0 : this.#failures + 1;
    this.#askAgainAtMs = answer.ok
      ? 0
      : askedAt.getTime() +
        Math.min(usageMs * 2 ** this.#failures, usageBackOffMaxMs);
    return { askedAt, answer };
  }

  async #askAll(
    prometheus: ClusterPrometheus,
    namespaces: readonly string[],
    signal: AbortSignal,
  ): Promise<Reading['answer']> {
    const answers: SourceVectors[] = [];
    for (const source of trafficSources(prometheus)) {
      const requests: VectorSample[] = [];
      const latency: VectorSample[] = [];
      for (const some of chunksOf(namespaces)) {
        const counted = await this.#query(
          requestsQuery(source, some, prometheus),
          { prometheus, signal },
        );
        if (!counted.ok) return counted;
        requests.push(...counted.value);
        if (counted.value.length === 0) continue; // without request counts there are no latencies
        const measured = await this.#query(
          latencyQuery(source, some, prometheus),
          { prometheus, signal },
        );
        if (!measured.ok) return measured;
        latency.push(...measured.value);
      }
      answers.push({ source, requests, latency });
    }
    return ok(mergeTraffic(answers));
  }

  async #query(
    query: string,
    {
      prometheus: { url, service, credentials },
      signal,
    }: { prometheus: ClusterPrometheus; signal: AbortSignal },
  ): Promise<Result<VectorSample[]>> {
    const { prometheus: servers } = this.#context.deps;
    const options = { signal, deadlineMs: CALL_MS };
    let answer: Result<ServiceAnswer>;
    if (service)
      answer = await this.#cluster.connection.askService(
        service,
        `${QUERY_PATH}?${new URLSearchParams({
          query,
          partial_response: 'false',
        })}`,
        options,
      );
    else if (url !== undefined && servers)
      answer = await servers.query(
        { url, ...(credentials !== undefined && { credentials }) },
        query,
        options,
      );
    else return failed(noServers());
    return answer.ok ? readVector(answer.value) : answer;
  }
}

function recordOf(
  { askedAt, answer }: Reading,
  namespace: string,
): TrafficRecord {
  if (!answer.ok) return { askedAt, problem: answer.problem };
  const numbers = answer.value.get(namespace);
  return { askedAt, ...(numbers && { numbers }) };
}

function chunksOf(namespaces: readonly string[]): string[][] {
  const chunks: string[][] = [];
  for (let from = 0; from < namespaces.length; from += NAMESPACES_AT_ONCE)
    chunks.push(namespaces.slice(from, from + NAMESPACES_AT_ONCE));
  return chunks;
}

function noServers(): Problem {
  return {
    code: 'prometheus-not-allowed',
    what: 'Prometheus was not asked',
    why: 'this portal asks none at an address',
    next: "The platform team names a Service of the cluster in the cluster's file instead",
    transient: false,
  };
}
