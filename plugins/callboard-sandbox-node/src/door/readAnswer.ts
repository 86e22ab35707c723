import type { Socket } from 'node:net';

/** Reads until `maxBytes` have arrived or the other side ends; further bytes stay in the socket. Never rejects. */
export async function readAnswer(
  socket: Socket,
  maxBytes: number,
): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  return new Promise(resolve => {
    function finish(): void {
      socket.off('readable', read);
      socket.off('end', finish);
      socket.off('close', finish);
      resolve(Buffer.concat(parts).toString('utf8'));
    }
    function read(): void {
      for (;;) {
        const left = maxBytes - bytes;
        const part: Buffer | null =
          socket.read(Math.min(left, socket.readableLength || left)) ?? null;
        if (part === null) return;
        parts.push(part);
        bytes += part.length;
        if (bytes >= maxBytes) {
          finish();
          return;
        }
      }
    }
    socket.on('readable', read);
    socket.once('end', finish);
    socket.once('close', finish);
  });
}
