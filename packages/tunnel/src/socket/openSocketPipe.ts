import { type FramePipe, TunnelError } from '../session';

/** The part of a WebSocket of `ws` that is used here. */
export interface SocketLike {
  readonly readyState: number;
  /** Bytes that have not left this process yet. */
  readonly bufferedAmount: number;
  send(
    data: Uint8Array,
    options: { binary: boolean },
    done: (error?: Error) => void,
  ): void;
  close(code?: number, reason?: string): void;
  terminate(): void;
}

/** The connection below a WebSocket: buffers writes between `cork` and `uncork`. */
export interface Wire {
  cork(): void;
  uncork(): void;
}

const OPEN = 1;
const GRACE_MS = 1_000; // a peer that does not close within it is terminated
const AHEAD_BYTES = 256 * 1024; // buffered before a sender waits: keeps the connection busy without delaying pings much
const MOST_BEHIND_BYTES = 16 * 1024 * 1024; // what all streams of a session may send at once; more means that the other side does not read
const GATHERED_BYTES = 64 * 1024; // more justifies a write of its own

/**
 * Sends frames over a WebSocket, one frame per message. Frames of one turn of
 * the event loop share one write where the underlying connection is known: a
 * small response is three frames, and a write is their largest cost.
 */
export function openSocketPipe(
  socket: SocketLike,
  wireOf: () => Wire | undefined = () => undefined,
): FramePipe {
  let corked: Wire | undefined;
  const letGo = () => {
    corked?.uncork();
    corked = undefined;
  };
  const gather = () => {
    if (corked !== undefined) return;
    corked = wireOf();
    if (corked === undefined) return;
    corked.cork();
    setImmediate(letGo);
  };
  return {
    send: frame => {
      if (socket.readyState !== OPEN)
        return Promise.reject(new Error('the connection is closed'));
      if (socket.bufferedAmount > MOST_BEHIND_BYTES)
        return Promise.reject(new TunnelError('the other side does not read'));
      gather();
      let onSent: (error?: Error) => void = () => undefined; // a broken connection reports its own error
      socket.send(frame, { binary: true }, error => onSent(error));
      if (socket.bufferedAmount >= GATHERED_BYTES) letGo();
      if (socket.bufferedAmount < AHEAD_BYTES) return undefined;
      return new Promise((resolve, reject) => {
        onSent = error => (error ? reject(error) : resolve());
      });
    },
    close: reason => {
      letGo(); // sends buffered frames first
      socket.close(1000, reason.slice(0, 100));
      setTimeout(() => socket.terminate(), GRACE_MS).unref();
    },
  };
}
