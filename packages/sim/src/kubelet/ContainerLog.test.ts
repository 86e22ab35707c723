import { FakeClock } from '../clock';
import { ContainerLog } from './ContainerLog';

const read = (log: ContainerLog) =>
  log.read({ hasTimestamps: false }).split('\n').slice(0, -1);

describe('ContainerLog', () => {
  it('keeps a bounded number of empty lines', () => {
    const log = new ContainerLog(new FakeClock());
    for (let i = 0; i < 200; i += 1) log.append(Array(1_000).fill(''));
    expect(read(log).length).toBeLessThan(15_000);
  });

  it('keeps the newest lines, also the very last of a batch', () => {
    const log = new ContainerLog(new FakeClock());
    for (let i = 0; i < 50_000; i += 1) log.append([`line ${i}`]);
    const kept = read(log);
    expect(kept.at(-1)).toBe('line 49999');
    expect(kept).toEqual(
      kept.map((_, i) => `line ${50_000 - kept.length + i}`),
    );
  });

  it('gives followers a batch at once', () => {
    const log = new ContainerLog(new FakeClock());
    const batches: number[] = [];
    log.follow({
      onLines: lines => batches.push(lines.length),
      onClose: () => undefined,
    });
    log.append(['one', 'two']);
    log.append([]);
    log.append(['three']);
    expect(batches).toEqual([2, 1]);
  });
});
