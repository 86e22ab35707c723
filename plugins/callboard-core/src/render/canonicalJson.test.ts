import fc from 'fast-check';
import { canonicalJson } from './canonicalJson';

describe('canonicalJson', () => {
  it.each([
    {
      value: { b: 1, a: [{ d: 1, c: 2 }] },
      expected: '{"a":[{"c":2,"d":1}],"b":1}',
    },
    { value: { a: undefined, b: null }, expected: '{"b":null}' },
    { value: undefined, expected: 'null' },
    { value: 'text', expected: '"text"' },
    {
      value: { 10: 'ten', 9: 'nine', a: 1 },
      expected: '{"9":"nine","10":"ten","a":1}',
    },
  ])('$expected', ({ value, expected }) => {
    expect(canonicalJson(value)).toBe(expected);
  });

  it('keeps the value and forgets the order of keys', () => {
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        const text = canonicalJson(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(reverseKeys(value))).toBe(text);
      }),
    );
  });
});

function reverseKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reverseKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, field]) => [key, reverseKeys(field)]),
  );
}
