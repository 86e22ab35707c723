import { parsePercent } from './parsePercent';

describe('parsePercent', () => {
  it.each<[string, number | undefined]>([
    ['25%', 25],
    ['33.5%', 33.5],
    ['7.%', 7],
    ['.25%', 0.25],
    ['+5%', 5],
    ['-5%', -5],
    ['1e+1%', 10],
    ['25E-1%', 2.5],
    ['2e12%', 2e12],
    ['0%', 0],
    ['', undefined],
    ['25', undefined],
    ['%', undefined],
    ['.%', undefined],
    ['5e%', undefined],
    ['5%%', undefined],
    ['x5%', undefined],
    ['5%x', undefined],
    ['5 %', undefined],
    ['Infinity%', undefined],
  ])('%j is %s', (text, expected) => {
    expect(parsePercent(text)).toBe(expected);
  });
});
