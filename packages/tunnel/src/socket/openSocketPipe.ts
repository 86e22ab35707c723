import type { FramePipe } from '../session';

/** As much of a WebSocket of `ws` as is used here. */
export interface SocketLike {
  readonly readyState: number;
  send(
    data: Uint8Array,
    options: { binary: boolean },
    done: (error?: Error) => void,
  ): void;
  close(code?: number, reason?: string): void;
  terminate(): void;
}

const OPEN = 1;
const GRACE_MS = 1_000; // a peer that does not close in good order is dropped

/** Frames over a WebSocket: one frame per message. `send` resolves once the message has left this process. */
export function openSocketPipe(socket: SocketLike): FramePipe {
  return {
    send: frame =>
      new Promise((resolve, reject) => {
        if (socket.readyState !== OPEN)
          reject(new Error('the connection is closed'));
        else
          socket.send(frame, { binary: true }, error =>
            error ? reject(error) : resolve(),
          );
      }),
    close: reason => {
      socket.close(1000, reason.slice(0, 100));
      setTimeout(() => socket.terminate(), GRACE_MS).unref();
    },
  };
}
