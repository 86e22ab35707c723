// How far `callboard health` agrees with Argo CD: see the README beside this file.
import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { formatAgreement } from './formatAgreement.mjs';
import { readSituations } from './readSituations.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');
const callboard = join(root, 'packages/cli/bin/callboard');
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    source: { type: 'string', default: 'unnamed' },
    least: { type: 'string', default: '98' },
  },
});
if (positionals.length === 0) {
  process.stderr.write(
    'Usage: node measure.mjs FOLDER… [--source "argo-cd v3.6.1"] [--least 98]\n',
  );
  process.exit(2);
}

const read = positionals.map(readSituations);
const judged = judge(read.flatMap(({ situations }) => situations));
const missing = read.flatMap(found => found.missing);
process.stdout.write(
  formatAgreement({ judged, missing, source: values.source }),
);
const agreed = judged.filter(({ status, ours }) => status === ours).length;
process.exitCode = agreed * 100 >= judged.length * Number(values.least) ? 0 : 1;

/** Our verdict beside theirs: group by group in one call, file by file where a file is not exactly one object. */
function judge(situations) {
  const groups = new Map();
  for (const situation of situations) {
    groups.set(situation.group, [
      ...(groups.get(situation.group) ?? []),
      situation,
    ]);
  }
  return [...groups.values()].flatMap(members => {
    const lines = run(members.map(({ file }) => file));
    return members.map((member, index) => {
      const line =
        lines?.length === members.length
          ? lines[index]
          : run([member.file])?.[0];
      return {
        ...member,
        ours: line ? line.status : 'unreadable',
        reason: line?.reason ?? null,
        message: line?.message ?? null,
      };
    });
  });
}

function run(files) {
  try {
    const args = ['health', ...files.flatMap(file => ['-f', file])];
    return execFileSync(
      process.execPath,
      [callboard, ...args, '--output', 'json'],
      {
        encoding: 'utf8',
        maxBuffer: MAX_OUTPUT_BYTES,
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    )
      .trim()
      .split('\n')
      .map(line => JSON.parse(line));
  } catch {
    return undefined;
  }
}
