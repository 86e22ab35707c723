import { type FramePipe, TunnelError } from '../session';

/** As much of a WebSocket of `ws` as is used here. */
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

/** The connection below a WebSocket: holds back what is written until told to let it go. */
export interface Wire {
  cork(): void;
  uncork(): void;
}

const OPEN = 1;
const GRACE_MS = 1_000; // a peer that does not close in good order is dropped
const AHEAD_BYTES = 256 * 1024; // handed over before anybody waits: keeps the wire busy, and a ping is not far behind
const MOST_BEHIND_BYTES = 16 * 1024 * 1024; // as much as all streams of a session send at once; more is for somebody who asks and does not read
const GATHERED_BYTES = 64 * 1024; // more is worth a write of its own

/**
 * Frames over a WebSocket: one frame per message. What is sent in one turn of
 * the event loop leaves in one write where the wire is known: a small answer is
 * three frames, and a write costs more than all else about them.
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
      let onSent: (error?: Error) => void = () => undefined; // a wire that breaks says so itself
      socket.send(frame, { binary: true }, error => onSent(error));
      if (socket.bufferedAmount >= GATHERED_BYTES) letGo();
      if (socket.bufferedAmount < AHEAD_BYTES) return undefined;
      return new Promise((resolve, reject) => {
        onSent = error => (error ? reject(error) : resolve());
      });
    },
    close: reason => {
      letGo(); // what was said before goes first
      socket.close(1000, reason.slice(0, 100));
      setTimeout(() => socket.terminate(), GRACE_MS).unref();
    },
  };
}
