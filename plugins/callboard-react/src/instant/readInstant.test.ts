import { readInstant } from './readInstant';

const NOW = new Date('2026-11-20T10:00:00Z');

describe('readInstant', () => {
  it.each([
    { text: '2026-08-20T14:05:00Z', at: '2026-08-20T14:05:00.000Z' },
    { text: '2026-08-20T14:05:00+02:00', at: '2026-08-20T12:05:00.000Z' },
    { text: '2026-11-20T09:59:59.999Z', at: '2026-11-20T09:59:59.999Z' },
    { text: '2026-11-20T10:00:00Z', at: undefined },
    { text: '2030-01-01T00:00:00Z', at: undefined },
    { text: 'yesterday', at: undefined },
    { text: '', at: undefined },
    { text: null, at: undefined },
  ])('reads $text as $at', ({ text, at }) => {
    expect(readInstant(text, NOW)?.toISOString()).toBe(at);
  });
});
