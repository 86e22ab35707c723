import { readLocalInstant } from './readLocalInstant';

const NOW = new Date(2026, 10, 20, 10, 0);

describe('readLocalInstant', () => {
  it.each([
    { text: '2026-08-20T14:05', at: new Date(2026, 7, 20, 14, 5) },
    { text: '2026-11-20T09:59', at: new Date(2026, 10, 20, 9, 59) },
    { text: '2026-11-20T10:00', at: undefined },
    { text: '2030-01-01T00:00', at: undefined },
    { text: 'yesterday', at: undefined },
    { text: '', at: undefined },
  ])('reads $text as $at', ({ text, at }) => {
    expect(readLocalInstant(text, NOW)).toEqual(at);
  });
});
