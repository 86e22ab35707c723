import { Duplex } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type SocketLike, openSocketPipe } from './openSocketPipe';

/** A WebSocket over a wire that notes each write, and takes it when told to. */
class FakeSocket implements SocketLike {
  readyState = 1;
  readonly writes: number[] = [];
  #taken: Array<() => void> = [];
  readonly wire = new Duplex({
    writableHighWaterMark: 1,
    read: () => undefined,
    writev: (chunks, done) => {
      this.writes.push(chunks.length);
      this.#taken.push(done);
    },
  });
  ended: string | undefined;

  get bufferedAmount(): number {
    return this.wire.writableLength;
  }

  send(data: Uint8Array, _options: object, done: (error?: Error) => void) {
    this.wire.write(data, error => done(error ?? undefined));
  }

  close(_code?: number, reason?: string): void {
    this.ended = `${reason} after ${this.writes.length} writes`;
  }

  terminate(): void {}

  takeAll(): void {
    for (const taken of this.#taken.splice(0)) taken();
  }
}

const KILOBYTE = 1024;
const settled = async (sent: Promise<void> | undefined) => {
  let isSettled = sent === undefined;
  void sent?.then(() => (isSettled = true));
  await nextTurn();
  return isSettled;
};

describe('openSocketPipe', () => {
  it('writes what is sent in one turn at once', async () => {
    const socket = new FakeSocket();
    const pipe = openSocketPipe(socket, () => socket.wire);
    for (let i = 0; i < 3; i++) await pipe.send(new Uint8Array(10));
    expect(socket.writes).toEqual([]);
    await nextTurn();
    expect(socket.writes).toEqual([3]);
  });

  it('does not gather more than is worth a write', () => {
    const socket = new FakeSocket();
    const pipe = openSocketPipe(socket, () => socket.wire);
    void pipe.send(new Uint8Array(32 * KILOBYTE));
    expect(socket.writes).toEqual([]);
    void pipe.send(new Uint8Array(32 * KILOBYTE));
    expect(socket.writes).toEqual([2]);
  });

  it('lets senders wait for a wire that does not take more', async () => {
    const socket = new FakeSocket();
    const pipe = openSocketPipe(socket, () => socket.wire);
    const piece = new Uint8Array(32 * KILOBYTE);
    for (let i = 0; i < 7; i++)
      expect(await settled(pipe.send(piece))).toBe(true);
    const late = pipe.send(piece);
    expect(await settled(late)).toBe(false);
    socket.takeAll(); // what was on its way
    await nextTurn();
    socket.takeAll(); // what had waited behind it
    expect(await settled(late)).toBe(true);
  });

  it('refuses to keep more for one who reads nothing', async () => {
    const socket = new FakeSocket();
    const pipe = openSocketPipe(socket);
    const refused: string[] = [];
    for (let i = 0; i < 20; i++)
      pipe
        .send(new Uint8Array(2 ** 20))
        ?.catch((error: Error) => refused.push(error.message));
    await nextTurn();
    expect(refused).toContain('the other side does not read');
    expect(socket.bufferedAmount).toBeLessThan(18 * 2 ** 20);
  });

  it('says what was said before it closes', () => {
    const socket = new FakeSocket();
    const pipe = openSocketPipe(socket, () => socket.wire);
    void pipe.send(new Uint8Array(10));
    pipe.close('goodbye');
    expect(socket.ended).toBe('goodbye after 1 writes');
  });

  it('refuses when the connection is closed', async () => {
    const socket = new FakeSocket();
    socket.readyState = 3;
    await expect(
      openSocketPipe(socket).send(new Uint8Array(1)),
    ).rejects.toThrow('the connection is closed');
  });
});
