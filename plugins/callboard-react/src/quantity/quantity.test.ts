import { countOf } from './countOf';
import { formatBytes } from './formatBytes';
import { formatCpu } from './formatCpu';

describe('amounts for people', () => {
  it.each([
    [0, '0 B'],
    [512, '512 B'],
    [1024, '1 KB'],
    [1.2 * 1024 ** 3, '1.2 GB'],
    [161 * 1024 ** 3, '161 GB'],
    [2 * 1024 ** 4, '2 TB'],
  ])('%d bytes are %s', (bytes, expected) => {
    expect(formatBytes(bytes)).toBe(expected);
  });

  it.each([
    [0, '0 CPU'],
    [300, '0.3 CPU'],
    [38_600, '38.6 CPU'],
    [96_000, '96 CPU'],
    [250_500, '251 CPU'],
  ])('%d millicores are %s', (millicores, expected) => {
    expect(formatCpu(millicores)).toBe(expected);
  });

  it.each([
    [0, 'no app'],
    [1, '1 app'],
    [7, '7 apps'],
  ])('%d is %s', (count, expected) => {
    expect(countOf(count, 'app')).toBe(expected);
  });
});
