import { getEventListeners } from 'node:events';
import { LogQueue } from './LogQueue';

describe('lines that wait for a reader', () => {
  it('are taken in their order, the newest kept and the others counted', () => {
    const queue = new LogQueue<number>(4);
    queue.push([1, 2, 3]);
    expect(queue.take(2)).toEqual({ items: [1, 2], dropped: 0 });
    queue.push([4, 5, 6, 7, 8, 9]);
    expect(queue.take(10)).toEqual({ items: [6, 7, 8, 9], dropped: 3 });
    expect(queue.take(10)).toEqual({ items: [], dropped: 0 });
  });

  it('wake who waits, and leave nothing behind on the signal', async () => {
    const queue = new LogQueue<number>(4);
    const { signal } = new AbortController();
    for (let turn = 0; turn < 3; turn += 1) {
      const waiting = queue.wait(signal);
      queue.push([turn]);
      await waiting;
      queue.take(1);
    }
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('are not waited for when the reader has left', async () => {
    const left = new AbortController();
    const waiting = new LogQueue<number>(4).wait(left.signal);
    left.abort();
    await expect(waiting).resolves.toBeUndefined();
  });
});
