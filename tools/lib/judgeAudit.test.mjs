import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgeAudit, readAdvisories } from './judgeAudit.mjs';

const LINE = JSON.stringify({
  value: 'left-pad',
  children: {
    ID: 7,
    Issue: 'Pads the wrong side',
    URL: 'https://example.com/7',
    Severity: 'high',
  },
});
const EXCEPTION = {
  id: 7,
  package: 'left-pad',
  why: 'only used by a test of ours on constant input',
};

test('an advisory that nobody looked at fails', () => {
  const [fault, ...more] = judgeAudit(readAdvisories(`${LINE}\n`), []);
  assert.match(fault, /^high: left-pad: Pads the wrong side/);
  assert.deepEqual(more, []);
});

test('an exception with a reason lets it pass, without one not', () => {
  const advisories = readAdvisories(LINE);
  assert.deepEqual(judgeAudit(advisories, [EXCEPTION]), []);
  assert.match(
    judgeAudit(advisories, [{ ...EXCEPTION, why: 'ok' }])[0],
    /no reason/,
  );
});

test('an exception of another package or without an advisory fails', () => {
  const other = { ...EXCEPTION, package: 'right-pad' };
  assert.equal(judgeAudit(readAdvisories(LINE), [other]).length, 2);
  assert.match(judgeAudit([], [EXCEPTION])[0], /not found any more/);
});

test('output that is no advisory is passed over', () => {
  assert.deepEqual(
    readAdvisories('➤ YN0000: No audit suggestions\n{"value":"x"}\n'),
    [],
  );
});
