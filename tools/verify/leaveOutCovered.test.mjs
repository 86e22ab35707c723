import assert from 'node:assert/strict';
import { test } from 'node:test';
import { leaveOutCovered } from './leaveOutCovered.mjs';

const UNIT = { name: 'unit tests', unit: true, command: ['test:unit'] };
const IMAGES = { name: 'images', covers: 'plugins/a/src/images/', command: [] };

test('unit tests leave out what a part of its own runs', () => {
  assert.deepEqual(leaveOutCovered([UNIT, IMAGES]), [
    {
      ...UNIT,
      command: [
        'test:unit',
        '--testPathIgnorePatterns',
        '/node_modules/',
        '/plugins/a/src/images/',
      ],
    },
    IMAGES,
  ]);
});

test('what is skipped on this machine stays with the unit tests', () => {
  const skipped = { ...IMAGES, skip: 'there is no registry' };
  assert.deepEqual(leaveOutCovered([UNIT, skipped]), [UNIT, skipped]);
});

test('what was not asked for stays with the unit tests', () => {
  assert.deepEqual(leaveOutCovered([UNIT]), [UNIT]);
});
