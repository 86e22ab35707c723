import { CircuitBreaker } from './CircuitBreaker';

const LIMITS = { failuresToOpen: 2, pauseMs: 500, maxPauseMs: 15_000 };

it('takes many calls that were cut together for one failure', () => {
  const breaker = new CircuitBreaker(LIMITS);
  for (let call = 0; call < 20; call += 1) breaker.recordFailure(1_000, 900);
  expect(breaker.msToWait(1_000)).toBe(500);
});

it('waits twice as long after each trial that fails, and not at all after one that does not', () => {
  const breaker = new CircuitBreaker(LIMITS);
  breaker.recordFailure(0, 0);
  breaker.recordFailure(1, 1);
  expect(breaker.msToWait(501)).toBe(0);
  breaker.recordFailure(600, 501);
  expect(breaker.msToWait(600)).toBe(1_000);
  expect(breaker.msToWait(1_600)).toBe(0);
  breaker.recordSuccess();
  expect(breaker.msToWait(1_601)).toBe(0);
});
