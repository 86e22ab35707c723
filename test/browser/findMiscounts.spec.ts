import { expect, test } from '@playwright/test';
import { findMiscounts } from './support/counts/findMiscounts';

// The counting of tenSituations.spec.ts itself: what it would not see there, nobody would.

test('a number that differs, one that is missing and one that nobody counted are told', () => {
  const counts = [[/(\d+) apps?/, 3] as [RegExp, number], '2 of 2 ready'];
  expect(
    findMiscounts('| 3 apps | 2 of 2 ready |', { counts, names: [] }),
  ).toEqual([]);
  expect(findMiscounts('| 4 apps | 7 nodes |', { counts, names: [] })).toEqual([
    'not shown: “2 of 2 ready”',
    '/(\\d+) apps?/: 3 is counted; shown: 4 apps',
    'nobody counted “7 nodes”',
  ]);
});

test('a word that is a name elsewhere is still there for a pattern', () => {
  expect(
    findMiscounts('| edge | Release 1 | 09:40 | Still there | edge-101 |', {
      counts: [[/\| edge \| Release (\d+) \| [^|]*\| Still there/, 1]],
      names: ['edge', 'edge-101'],
    }),
  ).toEqual([]);
});

test('cells side by side are counted each', () => {
  const counts = [{ shown: /\| (\d+)(?= \|)/, among: [1, 2] }];
  expect(findMiscounts('| 1 | 2 |', { counts, names: [] })).toEqual([]);
  expect(findMiscounts('| 1 | 3 |', { counts, names: [] })).toHaveLength(1);
});
