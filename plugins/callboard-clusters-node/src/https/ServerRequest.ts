/** One request to a server, with all that is sent. */
export interface ServerRequest {
  method: string;
  /** Whole path, with query. */
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
