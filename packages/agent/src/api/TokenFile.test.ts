import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TokenFile } from './TokenFile';

const folder = mkdtempSync(join(tmpdir(), 'callboard-agent-'));
const file = join(folder, 'token');
let nowMs = 0;
const tokens = new TokenFile(file, () => nowMs);
afterAll(() => rmSync(folder, { recursive: true }));

it('says why there is none, and looks again', async () => {
  await expect(tokens.read()).rejects.toThrow('ENOENT');
  writeFileSync(file, 'first\n');
  expect(await tokens.read()).toBe('first');
});

it.each([
  [9_999, 'first'],
  [10_000, 'second'],
])('after %d ms: %s', async (afterMs, expected) => {
  writeFileSync(file, 'second\n');
  nowMs = afterMs;
  expect(await tokens.read()).toBe(expected);
});
