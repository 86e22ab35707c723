import {
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@callboard/testing';
import { runPlugin } from './runPlugin';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'callboard-plugin-')));
afterAll(() => rmSync(folder, { recursive: true }));

const run = (script: string, limitMs?: number) =>
  runPlugin(
    {
      command: process.execPath,
      args: ['-e', script],
      env: { GREETING: 'hello' },
      folder,
    },
    limitMs,
  );

it('gives what the program prints, which works in the folder with its own variables alone', async () => {
  expect(
    await run('console.log(process.cwd(), Object.keys(process.env).join())'),
  ).toEqual({ kind: 'printed', text: `${folder} GREETING\n` });
});

it.each([
  {
    name: 'fails',
    script: 'console.error("secret"); process.exit(3)',
    fault: { kind: 'ended', code: 3 },
  },
  {
    name: 'ends itself by a signal',
    script: 'process.kill(process.pid, "SIGKILL")',
    fault: { kind: 'ended', code: null },
  },
  {
    name: 'prints without end',
    script: 'setInterval(() => process.stdout.write("x".repeat(65536)), 1)',
    fault: { kind: 'too-much', kib: 64 },
  },
  {
    name: 'waits for a person',
    script: 'setInterval(() => {}, 1000)',
    limitMs: 500,
    fault: { kind: 'too-slow', seconds: 1 },
  },
])('says that it $name', async ({ script, limitMs, fault }) => {
  expect(await run(script, limitMs)).toEqual({ kind: 'failed', fault });
});

it('reads nothing from the terminal of the portal', async () => {
  expect(
    await run('process.stdin.on("end", () => console.log("end")).resume()'),
  ).toEqual({ kind: 'printed', text: 'end\n' });
});

it.each([
  ['callboard-no-such-program', 'missing'],
  ['/no/such/program', 'missing'],
  ['/', 'not-executable'],
])('says that "%s" is %s', async (command, kind) => {
  expect(await runPlugin({ command, args: [], env: {}, folder })).toEqual({
    kind: 'failed',
    fault: { kind },
  });
});

it('ends what the program started as well', async () => {
  const file = join(folder, 'pid');
  writeFileSync(file, '');
  const running = run(
    `const child = require('node:child_process').spawn('sleep', ['600'], { stdio: 'inherit' });
     require('node:fs').writeFileSync(${JSON.stringify(
       file,
     )}, String(child.pid));`,
    3_000,
  );
  expect(await running).toMatchObject({ fault: { kind: 'too-slow' } });
  const pid = Number(readFileSync(file, 'utf8'));
  await eventually(() => expect(isAlive(pid)).toBe(false));
});

/** One that has ended stays known until somebody asks how. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}
