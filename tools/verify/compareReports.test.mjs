import assert from 'node:assert/strict';
import { test } from 'node:test';
import { differingLines } from './compareReports.mjs';

test('the order of unions, keys and lines says nothing', () => {
  assert.deepEqual(
    differingLines(
      "a: 'x' | 'y';\nimport type { B } from 'c';\ntype D = Pick<E, 'f' | 'g'>;",
      "import { B } from 'c';\na: 'y' | 'x';\ntype D = Pick<E, 'g' | 'f'>;",
    ),
    [],
  );
});

test('what was added, changed and left out is told', () => {
  assert.deepEqual(
    differingLines('a: string;\nb: number;\nc: 1;', 'a: string;\nb: string;'),
    ['+ b: string;', '- b: number;', '- c: 1;'],
  );
  assert.deepEqual(differingLines('a;', 'a;\na;'), ['+ a;']);
  assert.deepEqual(differingLines('a?: string;', 'a: string;'), [
    '+ a: string;',
    '- a?: string;',
  ]);
});
