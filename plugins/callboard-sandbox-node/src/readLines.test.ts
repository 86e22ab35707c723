import { PassThrough } from 'node:stream';
import { once } from 'node:events';
import { readLines } from './readLines';

const PACE = { bytesPerSecond: 100_000, linesPerSecond: 10, burstLines: 5 };

describe('readLines', () => {
  function reading(nowMs: () => number = () => 0) {
    const stream = new PassThrough();
    const lines: string[] = [];
    readLines([stream], batch => lines.push(...batch), { rate: PACE, nowMs });
    return { stream, lines };
  }

  it('keeps some of too many lines and says how many it left out', async () => {
    const { stream, lines } = reading();
    stream.end(`${'y\n'.repeat(12_045)}end`);
    await once(stream, 'end');
    expect(lines).toEqual([
      ...Array(5).fill('y'),
      '… 12,040 lines left out',
      'end',
    ]);
  });

  it('keeps lines again when time has passed, after the count of those left out', async () => {
    let nowMs = 0;
    const { stream, lines } = reading(() => nowMs);
    stream.write('a\n'.repeat(8));
    nowMs = 1_000;
    stream.end('b\n');
    await once(stream, 'end');
    expect(lines).toEqual([...Array(5).fill('a'), '… 3 lines left out', 'b']);
  });

  it('leaves the pipe full while the process writes too fast', async () => {
    const { stream } = reading();
    stream.write(Buffer.alloc(200_000, '\n'));
    await new Promise(resolve => setImmediate(resolve));
    expect(stream.isPaused()).toBe(true);
    stream.destroy();
  });

  it('keeps a character whole that arrives in two chunks', async () => {
    const { stream, lines } = reading();
    const bytes = Buffer.from('grün\n');
    stream.write(bytes.subarray(0, 3));
    stream.end(bytes.subarray(3));
    await once(stream, 'end');
    expect(lines).toEqual(['grün']);
  });
});
