import { IdleTimer } from './IdleTimer';

it('tells of rest once after each busy time', () => {
  jest.useFakeTimers();
  let rests = 0;
  const watch = new IdleTimer(() => (rests += 1), 1_000);
  const after = (ms: number, resets: boolean) => {
    jest.advanceTimersByTime(ms);
    if (resets) watch.reset();
    return rests;
  };
  const reported = [
    after(5_000, true), // nothing was done yet
    after(900, true),
    after(900, true),
    after(1_100, false),
    after(9_000, true),
    after(1_100, true),
  ];
  watch.end();
  reported.push(after(9_000, false));
  expect(reported).toEqual([0, 0, 0, 1, 1, 2, 2]);
  jest.useRealTimers();
});
