import { DriftCorrectionBackoff } from './DriftCorrectionBackoff';

const at = (seconds: number) => new Date(seconds * 1000);

describe('what somebody else changed is reverted', () => {
  it.each([
    { name: 'at once the first time', restoredAt: [], now: 0, waitMs: 0 },
    {
      name: 'after a pause the second time',
      restoredAt: [0],
      now: 1,
      waitMs: 9_000,
    },
    {
      name: 'at once when the pause is over',
      restoredAt: [0],
      now: 10,
      waitMs: 0,
    },
    {
      name: 'after pauses that double',
      restoredAt: [0, 10, 30],
      now: 30,
      waitMs: 40_000,
    },
    {
      name: 'after ten minutes at most',
      restoredAt: Array.from({ length: 50 }, (_, n) => n * 700),
      now: 34_300,
      waitMs: 600_000,
    },
    {
      name: 'at once again after a long peace',
      restoredAt: [0, 10, 30],
      now: 30 + 1_800,
      waitMs: 0,
    },
  ])('$name', ({ restoredAt, now, waitMs }) => {
    const pauses = new DriftCorrectionBackoff();
    for (const seconds of restoredAt)
      pauses.note('app/shop/dev/eu-1', at(seconds));
    expect(pauses.waitMs('app/shop/dev/eu-1', at(now))).toBe(waitMs);
    expect(pauses.waitMs('app/other/dev/eu-1', at(now))).toBe(0);
  });
});
