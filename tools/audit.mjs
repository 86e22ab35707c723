// `npm run audit`: fails on a known serious vulnerability of a package in the
// lockfile that docs/audit-exceptions.json does not explain. A registry that has
// no such service is told, and does not fail: nothing was found out.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { judgeAudit, readAdvisories } from './lib/judgeAudit.mjs';
import { root } from './lib/paths.mjs';

const exceptions = JSON.parse(
  readFileSync(join(root, 'docs/audit-exceptions.json'), 'utf8'),
);
const { stdout, stderr, status } = spawnSync(
  'yarn',
  ['npm', 'audit', '--all', '--recursive', '--severity', 'high', '--json'],
  {
    cwd: root,
    encoding: 'utf8',
    timeout: 120_000,
    maxBuffer: 64 * 1024 * 1024,
  },
);
const advisories = readAdvisories(stdout ?? '');
const refusal = /Response code (\d+ \([^)]*\))/.exec(`${stdout}${stderr}`)?.[1];
if (status !== 0 && advisories.length === 0) {
  process.stdout.write(
    `The packages were not audited: the registry's audit service answered ${
      refusal ?? 'nothing'
    }\n`,
  );
} else {
  const faults = judgeAudit(advisories, exceptions);
  faults.forEach(fault => process.stdout.write(`${fault}\n`));
  process.stdout.write(
    `${advisories.length} serious advisories, ${faults.length} unexplained\n`,
  );
  process.exitCode = faults.length > 0 ? 1 : 0;
}
