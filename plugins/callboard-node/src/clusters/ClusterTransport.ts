import { ProblemError } from '@callboard/plugin-callboard-common';

/** One HTTP request to a cluster's API server. Paths start with `/` and are relative to the API server's root. */
export interface ClusterRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With query, already escaped: `/api/v1/pods?limit=500`. */
  path: string;
  headers?: Record<string, string>;
  body?: string;
  /** Aborts the request and its body. */
  signal: AbortSignal;
}

export interface ClusterResponse {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  /** Read at most once; must be read or the signal aborted. */
  body: AsyncIterable<Uint8Array>;
}

/**
 * Carries requests to one cluster and knows how to authenticate there. The only
 * thing that differs between a kubeconfig, an agent's tunnel and the simulator.
 *
 * `send` throws when no answer came (refused, cut, aborted); any HTTP status is an answer.
 */
export interface ClusterTransport {
  send(request: ClusterRequest): Promise<ClusterResponse>;
  close(): Promise<void>;
}

/** There is no way to the cluster at the moment: nothing was sent, so it cost nobody anything. */
export class NotSentError extends ProblemError {}
