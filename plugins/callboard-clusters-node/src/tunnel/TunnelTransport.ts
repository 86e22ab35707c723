import { type Problem, ProblemError } from '@callboard/plugin-callboard-common';
import {
  type ClusterRequest,
  type ClusterResponse,
  type ClusterTransport,
  NotSentError,
} from '@callboard/plugin-callboard-node';
import { TunnelError } from '@callboard/tunnel';
import { doesNotAnswer } from '../connection/clusterProblems';
import type { TunnelHub } from './TunnelHub';

/** Reaches a cluster through the current tunnel of its agent. Outlives reconnects: only requests in flight fail. */
export class TunnelTransport implements ClusterTransport {
  readonly #hub: TunnelHub;
  readonly #cluster: string;

  constructor(hub: TunnelHub, cluster: string) {
    this.#hub = hub;
    this.#cluster = cluster;
  }

  async send({
    method,
    path,
    headers = {},
    body,
    signal,
  }: ClusterRequest): Promise<ClusterResponse> {
    const link = this.#hub.linkOf(this.#cluster);
    if (link === undefined)
      throw new NotSentError(
        agentAway(this.#cluster, 'its agent is not connected'),
      );
    try {
      const answer = await link.session.request(
        { method, path, headers },
        bodyOf(body),
        signal,
      );
      return { ...answer.head, body: namingBreaks(this.#cluster, answer.body) };
    } catch (error) {
      throw nameBreak(this.#cluster, error);
    }
  }

  async close(): Promise<void> {
    // The tunnel belongs to the hub; the transport holds no resources.
  }
}

function bodyOf(
  text: string | undefined,
): AsyncIterable<Uint8Array> | undefined {
  return text === undefined
    ? undefined
    : (async function* whole() {
        yield Buffer.from(text);
      })();
}

function namingBreaks(
  cluster: string,
  body: AsyncIterable<Uint8Array>,
): AsyncIterable<Uint8Array> {
  return {
    [Symbol.asyncIterator]() {
      const chunks = body[Symbol.asyncIterator]();
      return {
        async next() {
          try {
            return await chunks.next();
          } catch (error) {
            throw nameBreak(cluster, error);
          }
        },
        return: async () =>
          (await chunks.return?.()) ?? { done: true, value: undefined },
      };
    },
  };
}

function nameBreak(cluster: string, error: unknown): unknown {
  return error instanceof TunnelError
    ? new ProblemError(agentAway(cluster, `its tunnel: ${error.message}`))
    : error;
}

function agentAway(cluster: string, why: string): Problem {
  return {
    code: 'cluster-unreachable',
    what: doesNotAnswer(cluster),
    why,
    next: `Check the agent of "${cluster}": kubectl -n callboard-agent logs deployment/callboard-agent`,
    transient: true,
  };
}
