// The parts of `npm test`: what each shows, how it is run, what it must not run
// beside, and why it cannot run on this machine.
import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from '../lib/paths.mjs';

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
const NO_POSTGRES =
  !postgres && 'PostgreSQL is not installed: apt-get install postgresql';
const missingForPods = ['runc', 'iptables', 'ip', 'nsenter'].filter(
  tool => !find(tool) && !existsSync(`/usr/sbin/${tool}`),
);
const NO_NODES =
  (!isRoot || missingForPods.length > 0) &&
  `a real node needs root and ${
    missingForPods.join(', ') || 'nothing else'
  }: apt-get install runc iptables iproute2`;

const NO_NETWORKS =
  (!find('unshare') ||
    !find('ip') ||
    spawnSync('unshare', ['--user', '--map-root-user', '--net', 'true'])
      .status !== 0) &&
  'this machine makes no networks for tests: unshare of util-linux and ip of iproute2, with user namespaces';

/** A user of every Debian that nothing runs as. */
const ORDINARY = { name: 'games', uid: 5, gid: 60 };
const ordinaryHome = isRoot
  ? mkdtempSync(join(tmpdir(), 'ordinary-'))
  : undefined;
if (ordinaryHome) {
  chownSync(ordinaryHome, ORDINARY.uid, ORDINARY.gid);
  process.on('exit', () => rmSync(ordinaryHome, { recursive: true }));
}

const jest = (...patterns) => [
  'backstage-cli',
  'package',
  'test',
  '--no-watch',
  '--maxWorkers=1',
  // A machine that does much at once is slow, not wrong.
  '--testTimeout=60000',
  ...patterns,
];
const withPostgres = command => [
  'node',
  join(root, 'test/postgres.mjs'),
  '--',
  'yarn',
  ...command,
];

/** Packages whose tests show pages, in a browser that is simulated. */
const PAGES = [
  '@callboard/plugin-callboard',
  '@callboard/plugin-callboard-react',
  'app',
  'app-legacy',
];
/** What decides and reads, without processes, ports or clocks. */
const DECIDES = [
  '@callboard/plugin-callboard-common',
  '@callboard/plugin-callboard-core',
  '@callboard/kubeconfig',
  '@callboard/cli',
];
/** What the control plane is made of, about as long as all other packages. */
const CONTROL_PLANE = [
  '@callboard/plugin-callboard-control-plane',
  '@callboard/plugin-callboard-clusters-node',
  '@callboard/plugin-callboard-git-node',
  '@callboard/plugin-callboard-images-node',
  '@callboard/plugin-callboard-sandbox-node',
];

/** Tests of packages as they run on every machine, without the files that have a part of their own. */
const unit = (...options) => ({
  unit: true,
  command: ['test:unit', '--maxWorkers=1', '--testTimeout=60000', ...options],
});

/**
 * What a part is:
 *
 * - `command` of Yarn or `program`, run in `folder` (the root if none is said)
 *   with `env`, which reaches this part alone
 * - `unit`, `covers`: see leaveOutCovered.mjs
 * - `skip`: why it cannot run on this machine
 * - `isPrinted`: its last line is shown though it passed
 * - `after`, `quiet`, `light`, `alone`, `waits`: see lanes.mjs
 */
export const parts = [
  // Real nodes start whole clusters and wait for them; what computes on one core fits beside.
  {
    name: 'push story on real clusters',
    folder: 'test',
    quiet: true,
    covers: 'test/src/real/',
    skip: NO_CLUSTERS || NO_NODES,
    env: { KUBEBUILDER_ASSETS: assets, CALLBOARD_K8S_START: k8sStart },
    command: jest('src/real'),
  },
  {
    name: 'built pages',
    light: true,
    program: ['node', 'tools/portal.mjs', 'build'],
  },
  { name: 'types', light: true, command: ['tsc'] },
  {
    name: 'lint',
    light: true,
    command: ['backstage-cli', 'repo', 'lint', '--max-warnings', '0'],
  },
  // Says at its end how many files are long.
  {
    name: 'regular expressions',
    light: true,
    command: ['lint:regexp'],
    isPrinted: true,
  },
  { name: 'what nobody uses', light: true, command: ['knip', '--no-progress'] },
  { name: 'direction of imports', light: true, command: ['lint:boundaries'] },
  {
    name: 'what is generated from the API',
    light: true,
    program: ['node', 'tools/generateApi.mjs', '--check'],
  },
  { name: 'format', light: true, command: ['prettier:check'] },
  {
    name: 'reports of public APIs',
    light: true,
    // It reads the declarations that the first leaves, and writes for a while what the others read.
    after: ['types', 'lint', 'what nobody uses', 'format'],
    program: ['node', 'tools/checkReports.mjs'],
  },
  {
    name: 'tools',
    light: true,
    program: ['node', '--test', 'tools/**/*.test.mjs'],
  },
  // Says at its end what was found, or that the registry does not answer audits.
  {
    name: 'known vulnerabilities',
    light: true,
    program: ['node', 'tools/audit.mjs'],
    isPrinted: true,
  },
  {
    name: 'pages of real clusters',
    quiet: true,
    after: ['built pages'],
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
      '--output',
      'test-results/browser-real',
      'real.spec',
    ],
  },
  {
    name: 'unit tests of the control plane',
    waits: true,
    ...unit('--selectProjects', ...CONTROL_PLANE),
  },
  {
    name: 'browser',
    waits: true,
    after: ['built pages'],
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
    name: 'unit tests of pages',
    light: true, // a browser that is simulated: no process, no port, no clock but its own
    ...unit('--selectProjects', ...PAGES),
  },
  {
    name: 'unit tests of what decides',
    light: true,
    ...unit('--selectProjects', ...DECIDES),
  },
  {
    name: 'the portal on its folder',
    folder: 'test',
    after: ['built pages'],
    covers: 'test/src/portal/',
    env: { CALLBOARD_PORTAL: '1' },
    command: jest('src/portal'),
  },
  {
    name: 'unit tests of everything else',
    ...unit('--ignoreProjects', ...CONTROL_PLANE, ...PAGES, ...DECIDES),
  },
  {
    name: 'a portal of two processes',
    folder: 'test',
    after: ['built pages'],
    covers: 'test/src/processes/',
    skip: NO_POSTGRES,
    program: withPostgres(jest('src/processes')),
  },
  {
    name: 'record on PostgreSQL',
    light: true,
    folder: 'plugins/callboard-control-plane',
    skip: NO_POSTGRES,
    program: withPostgres(
      jest(
        'src/store',
        'src/stories/processes',
        'src/reconcile/commitOnce',
        '--testNamePattern=POSTGRES',
      ),
    ),
  },
  {
    name: 'images in real registries',
    light: true,
    folder: 'plugins/callboard-images-node',
    covers: 'plugins/callboard-images-node/src/',
    skip:
      !registry &&
      "there is no image registry: apt-get install docker-registry (Debian's)",
    env: { KUBEBUILDER_ASSETS: assets },
    command: jest(),
  },
  {
    name: 'apply and watch on a real API server',
    waits: true,
    folder: 'plugins/callboard-clusters-node',
    covers: 'plugins/callboard-clusters-node/src/',
    skip: NO_CLUSTERS,
    env: { CALLBOARD_K8S_START: k8sStart },
    command: jest(),
  },
  {
    name: 'agents with just their rights',
    waits: true,
    folder: 'packages/agent',
    covers: 'packages/agent/src/leastRights',
    skip: NO_CLUSTERS,
    env: { CALLBOARD_K8S_START: k8sStart },
    command: jest('src/leastRights'),
  },
  {
    name: 'contract on a real API server',
    waits: true,
    folder: 'test',
    covers: 'test/src/contract/',
    skip:
      !assets &&
      'KUBEBUILDER_ASSETS does not name a folder with etcd and kube-apiserver (setup-envtest makes one)',
    env: { KUBEBUILDER_ASSETS: assets, CALLBOARD_K8S_START: k8sStart },
    command: jest('src/contract'),
  },
  {
    name: 'agents behind real proxies',
    waits: true,
    folder: 'test',
    covers: 'test/src/proxies/',
    skip:
      (!find('tinyproxy') || !find('nginx')) &&
      'there are no proxies: apt-get install tinyproxy-bin nginx-light',
    env: { CALLBOARD_PROXIES: '1' },
    command: jest('src/proxies'),
  },
  {
    name: 'addresses that somebody else wrote',
    waits: true,
    folder: 'test',
    covers: 'test/src/foreign/',
    skip: NO_NETWORKS,
    program: [
      'node',
      join(root, 'test/canaryNetwork.mjs'),
      '--',
      'yarn',
      ...jest('src/foreign'),
    ],
  },
  // Root isolates in other ways; where nobody is root all tests ran so already.
  ...(isRoot && isReadable(root)
    ? [
        {
          name: 'isolation as an ordinary user',
          waits: true,
          folder: 'plugins/callboard-backend-module-playground',
          env: { HOME: ordinaryHome, TMPDIR: ordinaryHome },
          program: [
            'setpriv',
            `--reuid=${ORDINARY.name}`,
            `--regid=${ORDINARY.name}`,
            '--clear-groups',
            'yarn',
            ...jest(
              `--cacheDirectory=${join(ordinaryHome, 'jest')}`,
              'src/processes/hostileCode',
              'src/databases/DatabaseRuntime',
            ),
          ],
        },
      ]
    : []),
  // Figures that were agreed; only its ratios and the portal's own thread are judged.
  {
    name: 'a free loop',
    alone: true,
    after: ['built pages'],
    isPrinted: true,
    program: ['node', 'test/load/run.mjs', 'loop', '--check', '--rounds', '10'],
  },
];

/** Whether every user reaches a folder. */
function isReadable(folder) {
  for (let path = folder; ; path = dirname(path)) {
    if ((statSync(path).mode & 0o001) === 0) return false;
    if (path === dirname(path)) return true;
  }
}
