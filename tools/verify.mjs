// `npm test`: everything that this machine can check, part by part, with the
// time of each, and at the end what was skipped and why. With
// CALLBOARD_REQUIRE=all (CI) a skipped part is a failure. Files of tests that
// failed run once more by themselves: what passes then is told as unsteady, by
// name, and is to be mended; it does not hide that all else holds.
import { spawn, spawnSync } from 'node:child_process';
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from './lib/paths.mjs';
import {
  quoteFailures,
  readFailedFiles,
  readFailedTests,
} from './lib/testLog.mjs';
import { buildPortal } from './lib/buildPortal.mjs';

const find = command =>
  spawnSync('sh', ['-c', `command -v ${command}`], {
    encoding: 'utf8',
  }).stdout.trim();
const chromium = process.env.CHROMIUM_PATH || find('chromium');
const assets = process.env.KUBEBUILDER_ASSETS;
const k8sStart = process.env.CALLBOARD_K8S_START;
const isRoot = process.getuid?.() === 0;
const postgres = [
  '/usr/lib/postgresql/15/bin',
  '/usr/lib/postgresql/16/bin',
  '/usr/lib/postgresql/17/bin',
].find(folder => existsSync(join(folder, 'initdb')));
const registry =
  find('docker-registry') || (assets && existsSync(join(assets, 'registry')));
const NO_CHROMIUM =
  !chromium && 'Chromium is not installed: apt-get install chromium';
const NO_CLUSTERS =
  !k8sStart &&
  'CALLBOARD_K8S_START does not name a program that starts a whole cluster (test/README.md)';
const missingForPods = ['runc', 'iptables', 'ip', 'nsenter'].filter(
  tool => !find(tool) && !existsSync(`/usr/sbin/${tool}`),
);
const NO_NODES =
  (!isRoot || missingForPods.length > 0) &&
  `a real node needs root and ${
    missingForPods.join(', ') || 'nothing else'
  }: apt-get install runc iptables iproute2`;

/** A user of every Debian that nothing runs as. */
const ORDINARY = { name: 'games', uid: 5, gid: 60 };
const ordinaryHome = isRoot
  ? mkdtempSync(join(tmpdir(), 'ordinary-'))
  : undefined;
if (ordinaryHome) {
  chownSync(ordinaryHome, ORDINARY.uid, ORDINARY.gid);
  process.on('exit', () => rmSync(ordinaryHome, { recursive: true }));
}

const jestWith = (workers, ...patterns) => [
  'backstage-cli',
  'package',
  'test',
  '--no-watch',
  `--maxWorkers=${workers}`,
  // A machine that does much at once is slow, not wrong.
  '--testTimeout=60000',
  ...patterns,
];
const jest = (...patterns) => jestWith(2, ...patterns);

/**
 * A part: what it shows, how it is run, and why it cannot be on this machine.
 * `env` reaches this part alone: what a part needs must not change the others.
 */
const parts = [
  { name: 'types', command: ['tsc'] },
  {
    name: 'lint',
    command: ['backstage-cli', 'repo', 'lint', '--max-warnings', '0'],
  },
  { name: 'direction of imports', command: ['lint:boundaries'] },
  { name: 'format', command: ['prettier:check'] },
  {
    name: 'tools',
    program: [
      'node',
      '--test',
      'tools/lib/judgeAudit.test.mjs',
      'tools/lib/testLog.test.mjs',
    ],
  },
  // Says at its end what was found, or that the registry does not answer audits.
  {
    name: 'known vulnerabilities',
    program: ['node', 'tools/audit.mjs'],
    tell: true,
  },
  {
    name: 'unit, story and simulated fleet',
    command: ['test:unit', '--maxWorkers=2', '--testTimeout=60000'],
  },
  // Root isolates in other ways; where nobody is root all tests ran so already.
  ...(isRoot && isReadable(root)
    ? [
        {
          name: 'isolation as an ordinary user',
          folder: 'plugins/callboard-backend-module-playground',
          env: { HOME: ordinaryHome, TMPDIR: ordinaryHome },
          program: [
            'setpriv',
            `--reuid=${ORDINARY.name}`,
            `--regid=${ORDINARY.name}`,
            '--clear-groups',
            'yarn',
            ...jestWith(
              1,
              `--cacheDirectory=${join(ordinaryHome, 'jest')}`,
              'src/processes/hostileCode',
            ),
          ],
        },
      ]
    : []),
  {
    name: 'record on PostgreSQL',
    folder: 'plugins/callboard-control-plane',
    skip:
      !postgres && 'PostgreSQL is not installed: apt-get install postgresql',
    program: [
      'node',
      join(root, 'test/postgres.mjs'),
      '--',
      'yarn',
      ...jest(
        'src/store',
        'src/stories/processes',
        'src/reconcile/commitOnce',
        '--testNamePattern=POSTGRES',
      ),
    ],
  },
  {
    name: 'contract on a real API server',
    folder: 'test',
    skip:
      !assets &&
      'KUBEBUILDER_ASSETS does not name a folder with etcd and kube-apiserver (setup-envtest makes one)',
    env: { KUBEBUILDER_ASSETS: assets },
    command: jest('src/contract'),
  },
  {
    name: 'images in real registries',
    folder: 'plugins/callboard-control-plane',
    skip:
      !registry &&
      "there is no image registry: apt-get install docker-registry (Debian's)",
    env: { KUBEBUILDER_ASSETS: assets },
    command: jest('src/images'),
  },
  {
    name: 'apply and watch on a real API server',
    folder: 'plugins/callboard-control-plane',
    skip: NO_CLUSTERS,
    env: { CALLBOARD_K8S_START: k8sStart },
    command: jest('src/clusters'),
  },
  {
    name: 'agents with just their rights',
    folder: 'packages/agent',
    skip: NO_CLUSTERS,
    env: { CALLBOARD_K8S_START: k8sStart },
    command: jest('src/leastRights'),
  },
  {
    name: 'agents behind real proxies',
    folder: 'test',
    skip:
      (!find('tinyproxy') || !find('nginx')) &&
      'there are no proxies: apt-get install tinyproxy-bin nginx-light',
    env: { CALLBOARD_PROXIES: '1' },
    command: jest('src/proxies'),
  },
  {
    name: 'push story on real clusters',
    folder: 'test',
    skip: NO_CLUSTERS || NO_NODES,
    env: { KUBEBUILDER_ASSETS: assets, CALLBOARD_K8S_START: k8sStart },
    command: jestWith(1, 'src/real'), // each takes the whole machine
  },
  { name: 'built pages', work: buildPortal },
  {
    name: 'the portal on its folder',
    folder: 'test',
    env: { CALLBOARD_PORTAL: '1' },
    command: jestWith(1, 'src/portal'),
  },
  {
    name: 'a portal of two processes',
    folder: 'test',
    skip:
      !postgres && 'PostgreSQL is not installed: apt-get install postgresql',
    program: [
      'node',
      join(root, 'test/postgres.mjs'),
      '--',
      'yarn',
      ...jestWith(1, 'src/processes'),
    ],
  },
  {
    name: 'browser',
    skip: NO_CHROMIUM,
    env: { CHROMIUM_PATH: chromium },
    command: [
      'playwright',
      'test',
      '--config',
      'test/browser/playwright.config.ts',
    ],
  },
  {
    name: 'pages of real clusters',
    skip: NO_CHROMIUM || NO_CLUSTERS || NO_NODES,
    env: {
      CHROMIUM_PATH: chromium,
      KUBEBUILDER_ASSETS: assets,
      CALLBOARD_K8S_START: k8sStart,
      CALLBOARD_REAL: '1',
    },
    command: [
      'playwright',
      'test',
      '--config',
      'test/browser/playwright.config.ts',
      'real.spec',
    ],
  },
];

const only = process.argv.slice(2);
const results = [];
mkdirSync(join(root, 'test-results'), { recursive: true });
for (const part of parts.filter(
  ({ name }) => only.length === 0 || only.some(word => name.includes(word)),
)) {
  results.push(
    part.skip ? { ...part, outcome: 'skipped' } : await runPart(part),
  );
}
report(results);

/** Whether every user reaches a folder. */
function isReadable(folder) {
  for (let path = folder; ; path = dirname(path)) {
    if ((statSync(path).mode & 0o001) === 0) return false;
    if (path === dirname(path)) return true;
  }
}

async function runPart(part) {
  const startedAt = performance.now();
  const logFile = join(
    root,
    'test-results',
    `${part.name.replaceAll(/\W+/g, '-')}.log`,
  );
  const problem = part.work
    ? await part.work().then(
        () => undefined,
        error => error.message,
      )
    : await runCommand(part, logFile);
  const unsteady =
    problem === undefined || part.work ? [] : await runAgain(part, logFile);
  const seconds = (performance.now() - startedAt) / 1000;
  const counts = part.work ? {} : countTests(logFile);
  const passed = problem === undefined || unsteady.length > 0;
  if (unsteady.length > 0) counts.failed = 0;
  const line = `${passed ? 'ok  ' : 'FAIL'} ${part.name.padEnd(34)} ${seconds
    .toFixed(1)
    .padStart(7)} s${sayCounts(counts)}`;
  process.stdout.write(`${line}\n`);
  for (const title of unsteady)
    process.stdout.write(`     UNSTEADY ${title}: passed when run again\n`);
  if (!passed)
    process.stdout.write(`${quoteFailures(readLog(logFile))}\n${problem}\n`);
  else if (part.tell)
    process.stdout.write(
      `     ${readLog(logFile).trimEnd().split('\n').at(-1)}\n`,
    );
  return {
    ...part,
    counts,
    seconds,
    failures: passed ? [] : readFailedTests(readLog(logFile)),
    unsteady,
    outcome: passed ? 'passed' : 'failed',
  };
}

/** Runs the files of failed tests once more; titles of what failed only the first time, or none. */
async function runAgain(part, logFile) {
  const files = readFailedFiles(readLog(logFile));
  if (files.length === 0 || files.length > 3) return [];
  const [key, command] = part.program
    ? ['program', part.program]
    : ['command', part.command];
  const again = {
    ...part,
    [key]: [...command.filter(word => !/^src\/|\.spec$/.test(word)), ...files],
  };
  const problem = await runCommand(
    again,
    logFile.replace(/\.log$/, '-again.log'),
  );
  return problem === undefined ? readFailedTests(readLog(logFile)) : [];
}

function readLog(logFile) {
  return existsSync(logFile) ? readFileSync(logFile, 'utf8') : '';
}

function runCommand({ command, program, folder = '.', env = {} }, logFile) {
  const [first, ...args] = program ?? ['yarn', ...command];
  // A file, not a pipe: a program that ends at once would lose what is still in a pipe.
  const log = openSync(logFile, 'w');
  return new Promise(resolve => {
    const child = spawn(first, args, {
      cwd: join(root, folder),
      stdio: ['ignore', log, log],
      env: {
        ...process.env,
        // The parts for real clusters say themselves that they want them.
        KUBEBUILDER_ASSETS: undefined,
        CALLBOARD_K8S_START: undefined,
        CI: 'true',
        // Databases come from this machine, never from containers.
        BACKSTAGE_TEST_DISABLE_DOCKER: '1',
        NO_COLOR: '1',
        FORCE_COLOR: '0',
        ...env,
      },
    });
    closeSync(log);
    child.on('error', error => resolve(error.message));
    child.on('close', code =>
      resolve(
        code === 0
          ? undefined
          : `${first} ${args.join(' ')} ended with ${code}`,
      ),
    );
  });
}

/** Adds up what jest and Playwright say at their end. */
function countTests(logFile) {
  const text = readLog(logFile);
  const jestLine = /^Tests: +(.*)$/m.exec(text)?.[1];
  const count = word =>
    jestLine === undefined
      ? sum(text.matchAll(new RegExp(`^ +(\\d+) ${word}(?: |$)`, 'gm')))
      : Number(new RegExp(`(\\d+) ${word}`).exec(jestLine)?.[1] ?? 0);
  return {
    passed: count('passed'),
    failed: count('failed'),
    skipped: count('skipped'),
  };
}

function sum(matches) {
  return [...matches].reduce((total, match) => total + Number(match[1]), 0);
}

function sayCounts({ passed = 0, failed = 0, skipped = 0 }) {
  if (passed + failed === 0) return '';
  return `  ${[
    `${passed} passed`,
    failed && `${failed} failed`,
    skipped && `${skipped} skipped`,
  ]
    .filter(Boolean)
    .join(', ')}`;
}

function report(all) {
  const skipped = all.filter(({ outcome }) => outcome === 'skipped');
  for (const { name, skip } of skipped)
    process.stdout.write(`skipped ${name}: ${skip}\n`);
  const total = key =>
    all.reduce((count, { counts }) => count + (counts?.[key] ?? 0), 0);
  const seconds = all.reduce(
    (count, result) => count + (result.seconds ?? 0),
    0,
  );
  process.stdout.write(`All parts: ${seconds.toFixed(0)} s\n`);
  const failedParts = all.filter(({ outcome }) => outcome === 'failed');
  const required = process.env.CALLBOARD_REQUIRE === 'all' ? skipped : [];
  for (const { name, unsteady = [] } of all)
    for (const title of unsteady)
      process.stdout.write(`UNSTEADY ${name}: ${title}\n`);
  for (const { name, failures } of failedParts)
    for (const title of failures.slice(0, 20))
      process.stdout.write(`FAIL ${name}: ${title}\n`);
  for (const { name } of required)
    process.stdout.write(`FAIL ${name} did not run, and must run here\n`);
  process.stdout.write(
    `${total('passed')} passed, ${Math.max(
      total('failed'),
      failedParts.length,
    )} failed, ${total('skipped')} skipped\n`,
  );
  process.exitCode = failedParts.length + required.length > 0 ? 1 : 0;
}
