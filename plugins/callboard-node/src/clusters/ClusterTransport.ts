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
  /** Read at most once; read it completely or abort the signal. */
  body: AsyncIterable<Uint8Array>;
}

/**
 * Sends requests to one cluster and authenticates there. The only difference
 * between a kubeconfig, an agent's tunnel and the simulator.
 *
 * `send` throws when no response came (refused, cut, aborted); any HTTP status
 * is a response.
 */
export interface ClusterTransport {
  send(request: ClusterRequest): Promise<ClusterResponse>;
  close(): Promise<void>;
}

/** Thrown when the cluster has no connection at the moment: no request was sent, so the cluster had no load from it. */
export class NotSentError extends ProblemError {}
