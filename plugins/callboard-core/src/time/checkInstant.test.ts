import { checkInstant } from './checkInstant';

const BOUNDS = {
  now: new Date('2026-11-20T10:00:00Z'),
  since: new Date('2026-11-01T00:00:00Z'),
};

describe('checkInstant', () => {
  it.each([
    { text: '2026-11-20T09:05:00Z', expected: '2026-11-20T09:05:00.000Z' },
    { text: '2026-11-20T09:05:00+02:00', expected: '2026-11-20T07:05:00.000Z' },
    { text: '2026-11-20T09:59:59.999Z', expected: '2026-11-20T09:59:59.999Z' },
    { text: '2026-11-20T10:00:00Z', expected: '2026-11-20T10:00:00.000Z' },
    { text: '2026-11-01T00:00:00Z', expected: '2026-11-01T00:00:00.000Z' },
    { text: '2026-11-20T10:00:00.001Z', expected: 'instant-in-future' },
    { text: '2030-01-01T00:00:00Z', expected: 'instant-in-future' },
    { text: '2026-10-31T23:59:59.999Z', expected: 'instant-before-history' },
    { text: '0001-01-01T00:00:00Z', expected: 'instant-before-history' },
    { text: 'garbage', expected: 'instant-unreadable' },
    { text: '', expected: 'instant-unreadable' },
    { text: '2026', expected: 'instant-unreadable' },
    { text: '2026-11-20', expected: 'instant-unreadable' },
    { text: '2026-11-20T09:05:00', expected: 'instant-unreadable' },
    { text: '2026-02-31T09:05:00Z', expected: 'instant-unreadable' },
    { text: '2026-11-20T25:05:00Z', expected: 'instant-unreadable' },
    { text: '1763632800000', expected: 'instant-unreadable' },
  ])('reads "$text" as $expected', ({ text, expected }) => {
    const read = checkInstant(text, BOUNDS);
    expect(read.ok ? read.value.toISOString() : read.problem.code).toBe(
      expected,
    );
  });

  it('has no earliest instant where history has no start', () => {
    expect(
      checkInstant('1999-01-01T00:00:00Z', { now: BOUNDS.now }),
    ).toMatchObject({ ok: true });
  });

  it('says since when history is kept', () => {
    expect(checkInstant('2026-01-01T00:00:00Z', BOUNDS)).toMatchObject({
      problem: {
        what: 'Cannot show 2026-01-01T00:00:00.000Z',
        why: 'history is kept since 2026-11-01T00:00:00.000Z',
        next: 'Ask for 2026-11-01T00:00:00.000Z or later',
      },
    });
  });

  it('repeats no more of a long address than needed', () => {
    const read = checkInstant('x'.repeat(10_000), BOUNDS);
    expect(read.ok ? '' : read.problem.why.length).toBeLessThan(100);
  });
});
