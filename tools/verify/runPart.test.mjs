import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parts } from './parts.mjs';
import { chooseFiles } from './runPart.mjs';

test('files are chosen before any option, which could take them into its list', () => {
  assert.deepEqual(
    chooseFiles(
      ['test:unit', '--selectProjects', 'a', '--testPathIgnorePatterns', 'b'],
      ['x.test.ts'],
    ),
    [
      'test:unit',
      'x.test.ts',
      ...['--selectProjects', 'a', '--testPathIgnorePatterns', 'b'],
    ],
  );
  assert.deepEqual(
    chooseFiles(
      ['node', 'postgres.mjs', '--', 'yarn', 'jest', 'test', '--x', 'src/a'],
      ['src/a/b.test.ts'],
    ),
    [
      'node',
      'postgres.mjs',
      '--',
      'yarn',
      'jest',
      'test',
      'src/a/b.test.ts',
      '--x',
    ],
  );
});

test('the files of every part that runs tests can be chosen', () => {
  for (const { name, command, program } of parts) {
    const words = program ?? command;
    if (
      !words.some(word =>
        /jest|playwright|^test:unit$|^backstage-cli$/.test(word),
      )
    )
      continue;
    if (words.includes('lint')) continue;
    const chosen = chooseFiles(words, ['x.test.ts']);
    const index = chosen.indexOf('x.test.ts');
    assert.match(chosen[index - 1], /^test(:unit)?$/, name);
  }
});
