import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  countTests,
  quoteFailures,
  readFailedFiles,
  readFailedTests,
} from './testLog.mjs';

const JEST = `PASS @callboard/core plugins/callboard-core/src/a.test.ts
  ● Console

    console.warn
      Warning: something loud

FAIL @callboard/plugin-callboard plugins/callboard/src/b.test.tsx (12.3 s)
  ● Console

    console.warn
      Warning: something loud

  ● a page › shows what is true

    expect(received).toBe(expected)

PASS @callboard/core plugins/callboard-core/src/c.test.ts
Summary of all failing tests
FAIL @callboard/plugin-callboard plugins/callboard/src/b.test.tsx (12.3 s)
  ● a page › shows what is true

    expect(received).toBe(expected)

Test Suites: 1 failed, 2 passed, 3 total
`;
const PLAYWRIGHT = `Running 2 tests using 1 worker
  ✘  1 test/browser/live.spec.ts:10:5 › live (5.0s)

  1) test/browser/live.spec.ts:10:5 › live ─────────────

    Error: expected visible

  1 failed
    test/browser/live.spec.ts:10:5 › live ─────────────
`;

test('what failed is quoted, not what was printed on the way', () => {
  const quote = quoteFailures(JEST);
  assert.match(quote, /^ {2}● a page › shows what is true\n\n {4}expect/);
  assert.doesNotMatch(quote, /loud|PASS/);
  assert.match(quoteFailures(PLAYWRIGHT), /Error: expected visible/);
});

test('files and titles are told once', () => {
  assert.deepEqual(readFailedFiles(JEST), ['plugins/callboard/src/b.test.tsx']);
  assert.deepEqual(readFailedTests(JEST), ['a page › shows what is true']);
  assert.deepEqual(readFailedFiles(PLAYWRIGHT), ['test/browser/live.spec.ts']);
  assert.deepEqual(readFailedTests(PLAYWRIGHT), [
    'test/browser/live.spec.ts:10:5 › live',
  ]);
});

test('a log without tests is quoted from its end', () => {
  assert.equal(quoteFailures('a\nb\nerror TS2304'), 'a\nb\nerror TS2304');
  assert.deepEqual(readFailedFiles('error TS2304'), []);
});

test('tests are counted as jest and Playwright say at their end', () => {
  const jest = 'Tests:       1 failed, 2 skipped, 40 passed, 43 total\n';
  assert.deepEqual(countTests(jest), { passed: 40, failed: 1, skipped: 2 });
  assert.deepEqual(countTests('  1 skipped\n  46 passed (6.4m)\n'), {
    passed: 46,
    failed: 0,
    skipped: 1,
  });
});
