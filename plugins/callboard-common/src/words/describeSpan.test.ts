import { describeAgo, describeSpan } from './describeSpan';

it.each([
  [-1, '0 s'],
  [0, '0 s'],
  [59_999, '59 s'],
  [60_000, '1 min'],
  [3_599_999, '59 min'],
  [3_600_000, '1 h'],
  [86_399_999, '23 h'],
  [86_400_000, '1 day'],
  [172_800_000, '2 days'],
])('%d ms is %s', (span, expected) => {
  expect(describeSpan(span)).toBe(expected);
  expect(describeAgo(new Date(0), new Date(span))).toBe(`${expected} ago`);
});
