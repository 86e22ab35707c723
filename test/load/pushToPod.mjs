// How long `git push` takes until a pod on a real node answers, step by step.
//
//   CALLBOARD_K8S_START=/path/to/start.mjs node test/load/pushToPod.mjs [--pushes 5] [--port 7160]
//
// Starts a real cluster and a portal of its own, pushes an app with a dependency,
// then pushes one-line changes of it, and prints a table. Needs root, as the real
// node does. Ends all it started.
import { execFile, spawn } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { get } from 'node:http';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';

const run = promisify(execFile);
const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const { values: options } = parseArgs({
  options: {
    pushes: { type: 'string', default: '5' },
    port: { type: 'string', default: '7160' },
  },
});
const FIXTURES = join(
  root,
  'plugins/callboard-images-node/src/build/__fixtures__',
);
const NAMESPACE = 'bench--dev';

const folder = mkdtempSync(join(tmpdir(), 'push-to-pod-'));
const undo = [];
let nodePort;
const moved = new Set();
try {
  await measure();
} finally {
  for (const step of undo.reverse()) await step();
  rmSync(folder, { recursive: true, force: true });
}

async function measure() {
  const cluster = await startCluster();
  const data = join(folder, 'data');
  await startPortal(cluster, data);
  const repository = makeRepository(data);
  await git(repository, 'init', '-q', '-b', 'main');
  const pods = watchPods(cluster);
  const first = await push(repository, { cluster, pods, number: 0 });
  const later = [];
  for (let number = 1; number <= Number(options.pushes); number += 1)
    later.push(await push(repository, { cluster, pods, number }));
  pods.stop();
  print(first, later);
}

async function startCluster() {
  const program = process.env.CALLBOARD_K8S_START;
  if (!program) throw new Error('Set CALLBOARD_K8S_START: see test/README.md');
  const child = spawn(process.execPath, [program, '--real', '--with-parent'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  undo.push(() => ended(child));
  return JSON.parse(await lineOf(child, line => line.startsWith('{')));
}

async function startPortal(cluster, data) {
  const config = join(folder, 'config.json');
  writeFileSync(
    config,
    JSON.stringify({
      callboard: {
        playground: { enabled: false },
        builder: {
          type: 'image',
          registry: `${cluster.registry}/apps`,
          insecure: true,
        },
        clusters: [
          {
            name: 'real-1',
            labels: { env: 'dev', region: 'lab' },
            kubeconfig: { file: cluster.kubeconfig },
            exposure: { type: 'NodePort', host: cluster.node },
          },
        ],
      },
    }),
  );
  const portal = spawn(
    process.execPath,
    [
      join(root, 'tools/portal.mjs'),
      'start',
      ...['--port', options.port, '--data', data, '--config', config],
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  undo.push(() => ended(portal));
  await lineOf(portal, line => line.startsWith('Callboard is ready'));
}

function makeRepository(data) {
  const token = readFileSync(join(data, 'git-token'), 'utf8').trim();
  const repository = join(folder, 'bench');
  mkdirSync(repository);
  const place = (path, text) => writeFileSync(join(repository, path), text);
  place('package.json', readFileSync(join(FIXTURES, 'manifest.json')));
  place(
    'package-lock.json',
    readFileSync(join(FIXTURES, 'npm.package-lock.json')),
  );
  place(
    'score.yaml',
    JSON.stringify({
      apiVersion: 'score.dev/v1b1',
      metadata: { name: 'web' },
      containers: {
        web: {
          image: '.',
          readinessProbe: { httpGet: { path: '/', port: 8080 } },
        },
      },
      service: { ports: { web: { port: 80, targetPort: 8080 } } },
    }),
  );
  writeFileSync(
    join(folder, 'remote'),
    `http://dev:${token}@localhost:${options.port}/api/callboard/git/bench.git`,
  );
  return repository;
}

/** Pushes and follows from outside: what the pusher reads, what the cluster tells, and when the new line answers. */
async function push(repository, { cluster, pods, number }) {
  writeFileSync(
    join(repository, 'server.js'),
    `const isOdd = require('is-odd');
require('node:http').createServer((_, r) => r.end('push ${number}, ' + isOdd(7))).listen(8080);\n`,
  );
  await git(repository, 'add', '-A');
  await git(repository, 'commit', '-q', '-m', `Push ${number}`);
  const remote = readFileSync(join(folder, 'remote'), 'utf8');
  const started = Date.now();
  pods.begin();
  const pushed = git(repository, 'push', remote, 'main');
  const answered = await Promise.race([
    firstAnswer(cluster, `push ${number}, true`),
    pushed.then(() => wait(10_000)), // told Healthy, it must answer
  ]);
  const { stderr } = await pushed;
  if (answered === undefined) throw new Error(`It does not answer:\n${stderr}`);
  const reported = Date.now();
  const seen = pods.seen();
  const line = pattern => Number(pattern.exec(stderr)?.[1] ?? NaN) * 1000;
  return {
    'build: layers, registry, SBOM, provenance': line(
      /Built with image\s+([\d.]+) s/,
    ),
    'pod created (received, judged, built, placed, applied)':
      seen.created - started,
    'pulled, of it': await pullOf(cluster, seen.name),
    'pod created to container running (scheduled, pulled, started)':
      seen.running - seen.created,
    'container running to ready (program, probe)': seen.ready - seen.running,
    'git push to the first answer of the new line': answered - started,
    'git push to "Healthy" at the terminal': reported - started,
    'kB moved to the registry (SBOM and provenance aside)':
      (await movedBytes(cluster, repository)) / 1024,
  };
}

/** Layers and configuration of the image that the one before did not have. */
async function movedBytes({ registry }, repository) {
  const { stdout } = await git(repository, 'rev-parse', 'HEAD');
  const answer = await fetch(
    `http://${registry}/v2/apps/bench/manifests/${stdout.slice(0, 12)}`,
    { headers: { accept: 'application/vnd.oci.image.manifest.v1+json' } },
  );
  const { config, layers } = await answer.json();
  const fresh = [config, ...layers].filter(({ digest }) => !moved.has(digest));
  for (const { digest } of fresh) moved.add(digest);
  return fresh.reduce((sum, { size }) => sum + size, 0);
}

async function firstAnswer(cluster, text) {
  const until = Date.now() + 60_000;
  while (Date.now() < until) {
    const port = await nodePortOf(cluster).catch(() => undefined);
    if (port !== undefined) {
      const body = await read(`http://${cluster.node}:${port}/`);
      if (body === text) return Date.now();
    }
    await wait(20);
  }
  throw new Error(`Nobody answered "${text}" within 60 s`);
}

async function nodePortOf(cluster) {
  if (nodePort === undefined) {
    const { spec } = await kube(
      cluster,
      `/api/v1/namespaces/${NAMESPACE}/services/web`,
    );
    nodePort = spec.ports[0].nodePort;
  }
  return nodePort;
}

/** When the newest pod of the app was created, ran and was ready, as this machine was notified of it. */
function watchPods(cluster) {
  let marks = new Map();
  let old = new Set();
  const known = new Set();
  const watch = open(
    cluster,
    `/api/v1/namespaces/${NAMESPACE}/pods?watch=true`,
    response => {
      const lines = createInterface(response);
      lines.on('error', () => {}); // the end of the measurement
      lines.on('line', line => {
        const { object } = JSON.parse(line);
        const name = object?.metadata?.name;
        if (name === undefined || object.kind !== 'Pod') return;
        known.add(name);
        if (old.has(name)) return;
        const mark = marks.get(name) ?? { name, created: Date.now() };
        const status = object.status?.containerStatuses?.[0];
        if (status?.state?.running) mark.running ??= Date.now();
        if (status?.ready) mark.ready ??= Date.now();
        marks.set(name, mark);
      });
    },
  );
  return {
    begin() {
      old = new Set(known);
      marks = new Map();
    },
    seen: () => [...marks.values()].find(({ ready }) => ready !== undefined),
    stop: () => watch.destroy(),
  };
}

/** The kubelet's own word: "Successfully pulled image … in 52ms". */
async function pullOf(cluster, pod) {
  const { items } = await kube(
    cluster,
    `/api/v1/namespaces/${NAMESPACE}/events`,
  );
  const event = items.find(
    ({ reason, involvedObject }) =>
      reason === 'Pulled' && involvedObject.name === pod,
  );
  const [, value, unit] =
    / in ([\d.]+)(ms|s) /.exec(event?.message ?? '') ?? [];
  return Number(value ?? NaN) * (unit === 's' ? 1000 : 1);
}

function print(first, later) {
  const row = (...cells) => process.stdout.write(`| ${cells.join(' | ')} |\n`);
  row(
    'ms, except the last row',
    'first push',
    `median of ${later.length}`,
    'slowest',
  );
  row('---', '---:', '---:', '---:');
  for (const step of Object.keys(first)) {
    const sorted = later.map(each => each[step]).sort((a, b) => a - b);
    row(
      step,
      round(first[step]),
      round(sorted[Math.floor(sorted.length / 2)]),
      round(sorted.at(-1)),
    );
  }
}

function round(value) {
  return value < 10 ? value.toFixed(1) : Math.round(value);
}

async function git(cwd, ...args) {
  return run(
    'git',
    ['-c', 'user.name=Bench', '-c', 'user.email=bench@example.com', ...args],
    { cwd },
  );
}

function read(url) {
  return new Promise(resolve => {
    const answer = get(url, { timeout: 500, agent: false }, response => {
      let text = '';
      response.on('data', chunk => {
        text += chunk;
      });
      response.on('end', () => resolve(text));
    });
    answer.on('error', () => resolve(undefined));
    answer.on('timeout', () => answer.destroy());
  });
}

function open({ server, token }, path, onResponse) {
  const sent = request(
    `${server}${path}`,
    {
      headers: { authorization: `Bearer ${token}` },
      rejectUnauthorized: false, // a cluster of this very run
    },
    onResponse,
  );
  sent.on('error', () => {});
  sent.end();
  return sent;
}

function kube(cluster, path) {
  return new Promise((resolve, reject) => {
    open(cluster, path, response => {
      let text = '';
      response.on('data', chunk => {
        text += chunk;
      });
      response.on('end', () =>
        response.statusCode === 200
          ? resolve(JSON.parse(text))
          : reject(new Error(`${path}: ${response.statusCode}`)),
      );
    }).on('error', reject);
  });
}

/** The first line of a child's output that fits. */
function lineOf(child, fits) {
  return new Promise((resolve, reject) => {
    createInterface(child.stdout).on(
      'line',
      line => fits(line) && resolve(line),
    );
    child.once('exit', code =>
      reject(new Error(`${child.spawnargs[1]} ended with ${code}`)),
    );
  });
}

function ended(child) {
  return new Promise(resolve => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    child.once('exit', resolve);
    child.kill('SIGTERM');
  });
}
