import { KeptCredential } from './KeptCredential';

let nowMs: number;
let fetched: number;
let answer: () => Promise<{ value: string; expiresAtMs?: number }>;
let credential: KeptCredential<string>;

beforeEach(() => {
  nowMs = 1_000_000;
  fetched = 0;
  answer = async () => ({ value: `t${fetched}` });
  credential = new KeptCredential(
    () => {
      fetched++;
      return answer();
    },
    () => nowMs,
  );
});

/** Tokens that live so long from when they were fetched. */
function livesFor(ms: number) {
  answer = async () => ({ value: `t${fetched}`, expiresAtMs: nowMs + ms });
}

it('is fetched once for all who ask at the same time', async () => {
  expect(await Promise.all([credential.read(), credential.read()])).toEqual([
    't1',
    't1',
  ]);
  nowMs += 1e12; // it does not say when it ends
  expect(await credential.read()).toBe('t1');
});

it.each([
  { lifeMs: 900_000, atMs: 839_999, fetches: 1 },
  { lifeMs: 900_000, atMs: 840_000, fetches: 2 },
  { lifeMs: 10_000, atMs: 7_999, fetches: 1 },
  { lifeMs: 10_000, atMs: 8_000, fetches: 2 },
])(
  'of $lifeMs ms is fetched again before it ends, and nobody waits: after $atMs ms $fetches times',
  async ({ lifeMs, atMs, fetches }) => {
    livesFor(lifeMs);
    await credential.read();
    nowMs += atMs;
    expect(await credential.read()).toBe('t1');
    expect(fetched).toBe(fetches);
    expect(await credential.read()).toBe(`t${fetches}`);
  },
);

it('is waited for when it has ended', async () => {
  livesFor(10_000);
  await credential.read();
  nowMs += 10_000;
  expect(await credential.read()).toBe('t2');
});

it('is used as long as it is good where the next one fails', async () => {
  livesFor(100_000);
  await credential.read();
  answer = () => Promise.reject(new Error('no'));
  nowMs += 90_000;
  expect(await credential.read()).toBe('t1');
  expect(await credential.read()).toBe('t1');
  nowMs += 10_000;
  await expect(credential.read()).rejects.toThrow('no');
});

it('fails for ten seconds with the same error before it is fetched again', async () => {
  answer = () => Promise.reject(new Error('no'));
  await expect(credential.read()).rejects.toThrow('no');
  livesFor(10_000);
  nowMs += 9_999;
  await expect(credential.read()).rejects.toThrow('no');
  expect(fetched).toBe(1);
  nowMs += 1;
  expect(await credential.read()).toBe('t2');
});

it.each([
  { atMs: 9_999, next: 't1' },
  { atMs: 10_000, next: 't2' },
])(
  'that the server did not take is fetched again after $atMs ms: $next',
  async ({ atMs, next }) => {
    await credential.read();
    nowMs += atMs;
    credential.refuse();
    expect(await credential.read()).toBe(next);
  },
);
