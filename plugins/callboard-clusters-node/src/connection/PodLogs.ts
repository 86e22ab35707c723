import {
  type Problem,
  type Result,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import {
  type CallOptions,
  type FollowLogOptions,
  type LogOptions,
  readBodyStart,
} from '@callboard/plugin-callboard-node';
import type { Answer, ClusterRequests } from './ClusterRequests';
import { describeRef } from './clusterProblems';
import { describeNetworkError } from './describeNetworkError';
import { queryOf } from './queryOf';
import { splitText } from './splitText';

const DEFAULT_BYTES = 64 * 1024;
const REFUSAL_BYTES = 64 * 1024;
const LINE_BYTES = 16 * 1024; // longer lines are cut
const HEADERS = { accept: 'text/plain, application/json' };

interface Pod {
  namespace: string;
  name: string;
}

export interface PodLogsDeps {
  cluster: string;
  requests: Pick<ClusterRequests, 'send' | 'open'>;
  problemOf(answer: Answer, what: string): Problem;
}

/** Logs of pods, as the kubelet keeps them: the last part, or line by line as they are written. */
export class PodLogs {
  readonly #deps: PodLogsDeps;

  constructor(deps: PodLogsDeps) {
    this.#deps = deps;
  }

  async read(
    pod: Pod,
    options: LogOptions & CallOptions,
  ): Promise<Result<string>> {
    const { container, previous, signal, deadlineMs, ...wanted } = options;
    const { limitBytes = DEFAULT_BYTES } = wanted;
    const answer = await this.#deps.requests.send({
      ...this.#requestOf(pod, { ...wanted, container, limitBytes, previous }),
      cutAtBytes: limitBytes,
      signal,
      deadlineMs,
    });
    if (!answer.ok) return answer;
    if (answer.value.status !== 200)
      return failed(this.#refusalOf(answer.value, pod));
    return ok(Buffer.from(answer.value.bytes).toString('utf8'));
  }

  async *follow(
    pod: Pod,
    { signal, deadlineMs, ...wanted }: FollowLogOptions,
  ): AsyncGenerator<Result<string[]>> {
    const request = this.#requestOf(pod, { ...wanted, follow: true });
    const opened = await this.#deps.requests.open({
      ...request,
      signal,
      deadlineMs,
    });
    if (!opened.ok) {
      yield opened;
      return;
    }
    const { response, abort } = opened.value;
    try {
      if (response.status !== 200) {
        const bytes = await readBodyStart(response.body, REFUSAL_BYTES);
        yield failed(this.#refusalOf({ ...response, bytes }, pod));
        return;
      }
      for await (const lines of splitText(response.body, LINE_BYTES))
        yield ok(lines);
    } catch (error) {
      if (signal.aborted) return;
      const { cluster } = this.#deps;
      const what = `${request.what} on cluster "${cluster}"`;
      yield failed(describeNetworkError(cluster, what, error));
    } finally {
      abort();
    }
  }

  #requestOf(pod: Pod, query: LogOptions & { follow?: true }) {
    const [namespace, name] = [pod.namespace, pod.name].map(encodeURIComponent);
    const { previous, timestamps, ...rest } = query;
    const parameters = queryOf({
      ...rest,
      previous: previous || undefined,
      timestamps: timestamps || undefined,
    });
    return {
      method: 'GET' as const,
      path: `/api/v1/namespaces/${namespace}/pods/${name}/log${parameters}`,
      what: whatOf(pod),
      headers: HEADERS,
    };
  }

  #refusalOf(answer: Answer, pod: Pod): Problem {
    return this.#deps.problemOf(answer, whatOf(pod));
  }
}

function whatOf(pod: Pod): string {
  const ref = { apiVersion: 'v1', kind: 'Pod', ...pod };
  return `Cannot read the output of ${describeRef(ref)}`;
}
