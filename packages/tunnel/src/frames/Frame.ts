/**
 * One message of the tunnel: a type (1 byte), a stream (4 bytes, big endian)
 * and the payload. The WebSocket below keeps messages whole, so there is no
 * length.
 *
 *   hub ──open──▶ agent      a request begins: head as JSON
 *   hub ──data──▶ agent      its body, at most what `credit` allowed
 *   hub ──end───▶ agent      its body is complete
 *   hub ◀──head── agent      the response begins: status and headers as JSON
 *   hub ◀──data── agent      its body, at most what `credit` allowed
 *   hub ◀──end─── agent      the response is complete
 *   both ways     credit     the other side may send so many more bytes
 *   both ways     reset      the stream is aborted, with a reason
 *   both ways     ping, pong heartbeat; stream 0
 *   both ways     control    identity, scope, goodbye: JSON; stream 0
 */
export type Frame =
  | { type: 'control'; message: unknown }
  | { type: 'ping' | 'pong'; sequence: number }
  | { type: 'open'; stream: number; head: RequestHead }
  | { type: 'head'; stream: number; head: ResponseHead }
  | { type: 'data'; stream: number; bytes: Uint8Array }
  | { type: 'end'; stream: number }
  | { type: 'credit'; stream: number; bytes: number }
  | { type: 'reset'; stream: number; reason: string };

export interface RequestHead {
  method: string;
  /** With query, as it is sent to the API server. */
  path: string;
  headers: Record<string, string>;
}

export interface ResponseHead {
  status: number;
  headers: Record<string, string>;
}

/** Numbers of the types on the wire. Never reuse one. */
export const FRAME_TYPES = {
  control: 1,
  ping: 2,
  pong: 3,
  open: 4,
  head: 5,
  data: 6,
  end: 7,
  credit: 8,
  reset: 9,
} as const satisfies Record<Frame['type'], number>;

export const HEADER_BYTES = 5;
/** Limits of one frame; data is split to fit, so that no stream delays the others for long. */
export const MAX_FRAME_BYTES = 64 * 1024;
export const MAX_DATA_BYTES = 32 * 1024;
export const MAX_HEADERS = 100;
