/** A complete request to a server. */
export interface ServerRequest {
  method: string;
  /** Full path, with query. */
  path: string;
  headers: Record<string, string | number>;
  body?: string;
  signal: AbortSignal;
}

export interface ServerAnswer {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: AsyncIterable<Uint8Array>;
}
