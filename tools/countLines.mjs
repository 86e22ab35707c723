/*
 * Lines of product code by package, largest first: what is committed under `src` and `assets`,
 * without tests, what tests share, and what is generated.
 *
 *     node tools/countLines.mjs [REVISION]
 */
import { execFileSync } from 'node:child_process';

const CODE = /\.(tsx?|mjs|cjs|js)$/;
const LEFT_OUT =
  /\.(test|spec|stories|d)\.|\/(__testUtils__|__fixtures__|stories|generated)\/|_pb\.ts$/;

const revision = process.argv[2] ?? 'HEAD';
const root = new URL('..', import.meta.url).pathname;
const git = (...args) =>
  execFileSync('git', ['-C', root, ...args], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });

const counts = new Map();
// Every line that has an end, by file, without checking anything out.
for (const row of git('grep', '-Ic', '', revision, '--', 'plugins', 'packages')
  .trim()
  .split('\n')) {
  const [, path, lines] =
    /^[^:]+:((?:plugins|packages)\/[^:]+):(\d+)$/.exec(row) ?? [];
  const [, name] =
    /^(?:plugins|packages)\/([^/]+)\/(?:src|assets)\//.exec(path ?? '') ?? [];
  if (name === undefined || !CODE.test(path) || LEFT_OUT.test(path)) continue;
  counts.set(name, (counts.get(name) ?? 0) + Number(lines));
}

const rows = [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
for (const [name, lines] of rows)
  console.log(`${String(lines).padStart(7)}  ${name}`);
console.log(
  `${String(rows.reduce((sum, [, n]) => sum + n, 0)).padStart(7)}  in all`,
);
