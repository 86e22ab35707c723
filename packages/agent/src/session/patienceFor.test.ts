import { patienceFor } from './patienceFor';

it('grows with each attempt that failed, and not without end', () => {
  expect([0, 1, 2, 3, 5_000].map(patienceFor)).toEqual([
    5_000, 10_000, 20_000, 20_000, 20_000,
  ]);
});
