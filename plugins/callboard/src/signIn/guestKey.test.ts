import { readKey } from './guestKey';

const KEY = 'a1'.repeat(20);

describe('readKey', () => {
  it.each([
    {
      name: 'the printed address',
      text: `http://localhost:7007/#key=${KEY}`,
      expected: KEY,
    },
    {
      name: 'an address of a page',
      text: `http://localhost:7007/callboard?x=1#key=${KEY}`,
      expected: KEY,
    },
    { name: 'the key alone', text: ` ${KEY}\n`, expected: KEY },
    {
      name: 'the printed line',
      text: `Sign in             http://localhost:7007/#key=${KEY}`,
      expected: KEY,
    },
    { name: 'nothing', text: '', expected: undefined },
    {
      name: 'an address without a key',
      text: 'http://localhost:7007/',
      expected: undefined,
    },
    {
      name: 'a header injection',
      text: `#key=${KEY}%0d%0ax: y`,
      expected: undefined,
    },
  ])('reads $name', ({ text, expected }) => {
    expect(readKey(text)).toBe(expected);
  });
});
