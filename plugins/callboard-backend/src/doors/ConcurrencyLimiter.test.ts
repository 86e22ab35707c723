import { ConcurrencyLimiter } from './ConcurrencyLimiter';

const PATIENT = 60_000;

describe('ConcurrencyLimiter', () => {
  it('keeps places for others when one caller takes what it can', async () => {
    const limiter = new ConcurrencyLimiter({
      total: 4,
      perCaller: 3,
      waitMs: 0,
    });
    const greedy = await Promise.all(
      Array.from({ length: 10 }, () => limiter.acquire('mallory')),
    );
    expect(greedy.filter(Boolean)).toHaveLength(3);
    expect(await limiter.acquire('ana')).toBeDefined();
    expect(await limiter.acquire('bo')).toBeUndefined();
  });

  it('admits who has the fewest running calls next, not who came first', async () => {
    const limiter = new ConcurrencyLimiter({
      total: 2,
      perCaller: 2,
      waitMs: PATIENT,
    });
    const first = await limiter.acquire('mallory');
    await limiter.acquire('mallory');
    const order: string[] = [];
    for (const caller of ['mallory', 'mallory', 'ana'])
      void limiter.acquire(caller).then(() => order.push(caller));
    first!();
    await new Promise(process.nextTick);
    expect(order).toEqual(['ana']);
  });

  it('counts a place once, however often it is given back', async () => {
    const limiter = new ConcurrencyLimiter({
      total: 1,
      perCaller: 1,
      waitMs: 0,
    });
    const release = await limiter.acquire('ana');
    release!();
    release!();
    expect(await limiter.acquire('ana')).toBeDefined();
    expect(await limiter.acquire('bo')).toBeUndefined();
  });

  it('keeps no place for a caller that went away', async () => {
    const limiter = new ConcurrencyLimiter({
      total: 1,
      perCaller: 1,
      waitMs: PATIENT,
    });
    const release = await limiter.acquire('ana');
    const left = new AbortController();
    const gone = limiter.acquire('bo', left.signal);
    left.abort();
    expect(await gone).toBeUndefined();
    release!();
    expect(await limiter.acquire('cy')).toBeDefined();
  });
});
