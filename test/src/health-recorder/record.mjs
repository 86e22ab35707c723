#!/usr/bin/env node
// Records real situations as fixtures: starts a cluster with a real node, makes pods crash, eat memory, fail
// their checks and miss what they need, and writes what the cluster says (objects, events, output).
//
//   record.mjs [--start FILE] [--out DIR] [--only WORD]
//
//   --start FILE   a program that starts a cluster as ../shared/k8s/start.mjs --real does
//   --out DIR      where the folders go (default: the fixtures of callboard-core)
//   --only WORD    only situations whose name contains it
import { execFile, spawn } from 'node:child_process';
import {
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { cpus } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { LAST, SITUATIONS } from './situations.mjs';

const run = promisify(execFile);
const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, '../../..');
const { values: options } = parseArgs({
  options: {
    start: {
      type: 'string',
      default: resolve(root, '../shared/k8s/start.mjs'),
    },
    out: {
      type: 'string',
      default: join(
        root,
        'plugins/callboard-core/src/health/__fixtures__/situations',
      ),
    },
    only: { type: 'string', default: '' },
  },
});
const KINDS =
  'deployments,replicasets,statefulsets,daemonsets,jobs,cronjobs,pods,services,persistentvolumeclaims';
const PATIENCE_MS = Number(process.env.PATIENCE_MS ?? 150_000);
const AT_ONCE = 10; // more would wait for two cores, and timings would lie

const pause = ms => new Promise(done => setTimeout(done, ms));

async function main() {
  const cluster = await startCluster();
  try {
    await addPlatformRule(cluster);
    const chosen = SITUATIONS.filter(({ name }) => name.includes(options.only));
    await inParallel(
      chosen.filter(({ alone }) => !alone),
      AT_ONCE,
      situation => record(cluster, situation),
    );
    for (const situation of chosen.filter(({ alone }) => alone))
      await record(cluster, situation);
    if (LAST.name.includes(options.only)) await record(cluster, LAST);
  } finally {
    await cluster.stop();
  }
}

async function startCluster() {
  const child = spawn(
    process.execPath,
    [options.start, '--real', '--with-parent'],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  let answer = '';
  for await (const chunk of child.stdout) {
    answer += chunk;
    if (answer.includes('\n')) break;
  }
  const facts = JSON.parse(answer);
  const kubectlPath = join(dirname(options.start), 'bin', 'kubectl');
  const kubectl = async (...args) =>
    (
      await run(kubectlPath, ['--kubeconfig', facts.kubeconfig, ...args], {
        maxBuffer: 64e6,
      })
    ).stdout;
  const ended = new Promise(done => child.on('exit', done));
  return {
    ...facts,
    kubectl,
    cpus: cpus().length,
    version: JSON.parse(await kubectl('version', '-o', 'json')).serverVersion
      .gitVersion,
    silenceNode: async () =>
      process.kill(await findKubelet(facts.dir), 'SIGSTOP'),
    stop: async () => {
      const kubelet = await findKubelet(facts.dir).catch(() => undefined);
      if (kubelet) process.kill(kubelet, 'SIGCONT'); // else it could not be asked to end
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** The kubelet of our own cluster, by the folder in its arguments. */
async function findKubelet(dir) {
  for (const pid of readdirSync('/proc').filter(name => /^\d+$/.test(name))) {
    let words;
    try {
      words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    } catch {
      continue;
    }
    if (words.includes(`--config=${join(dir, 'kubelet.yaml')}`))
      return Number(pid);
  }
  throw new Error('The kubelet is not there');
}

/** A rule as platforms write them; it binds only namespaces that carry its label. */
async function addPlatformRule({ kubectl, dir }) {
  const rule = [
    {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicy',
      metadata: { name: 'images-by-digest' },
      spec: {
        matchConstraints: {
          resourceRules: [
            {
              apiGroups: [''],
              apiVersions: ['v1'],
              operations: ['CREATE'],
              resources: ['pods'],
            },
          ],
        },
        validations: [
          {
            expression:
              "object.spec.containers.all(c, c.image.contains('@sha256:'))",
            message: 'images must be named by digest',
          },
        ],
      },
    },
    {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata: { name: 'images-by-digest' },
      spec: {
        policyName: 'images-by-digest',
        validationActions: ['Deny'],
        matchResources: {
          namespaceSelector: { matchLabels: { 'trial/rule': 'no-web' } },
        },
      },
    },
  ];
  await applyAll({ kubectl, dir }, 'rule', rule);
}

async function applyAll({ kubectl, dir }, name, objects) {
  const file = join(dir, `${name}.json`);
  writeFileSync(
    file,
    JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }),
  );
  await kubectl('apply', '-f', file);
}

async function record(cluster, situation) {
  const namespace = `trial-${situation.name.split('.')[0]}`;
  const context = { ...cluster, namespace };
  const named = objects =>
    JSON.parse(
      JSON.stringify(objects).replaceAll('REGISTRY', cluster.registry),
    ).map(object => ({
      ...object,
      metadata: { ...object.metadata, namespace },
    }));
  try {
    await applyAll(cluster, namespace, [
      {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: namespace, labels: situation.namespaceLabels ?? {} },
      },
    ]);
    await applyAll(cluster, namespace, named(situation.make(context)));
    const ready =
      situation.ready ??
      (situation.then &&
        (state => state.deployments[0]?.status?.availableReplicas > 0));
    if (ready) await until(cluster, namespace, ready);
    if (situation.then)
      await applyAll(cluster, namespace, named(situation.then(context)));
    if (situation.act) await situation.act(context);
    const state = await until(cluster, namespace, situation.seen);
    await write(cluster, { situation, namespace, state });
    process.stdout.write(
      `recorded ${situation.name} after ${Math.round(state.age)} s\n`,
    );
  } catch (error) {
    process.stdout.write(
      `FAILED   ${situation.name}: ${error.message.split('\n')[0]}\n`,
    );
  } finally {
    await cluster
      .kubectl(
        'delete',
        'namespace',
        namespace,
        '--wait=false',
        '--ignore-not-found',
      )
      .catch(() => {});
  }
}

async function until(cluster, namespace, seen) {
  for (const begun = Date.now(); ; await pause(1_000)) {
    const state = await observe(
      cluster,
      namespace,
      (Date.now() - begun) / 1_000,
    );
    if (seen(state)) return state;
    if (Date.now() - begun > PATIENCE_MS)
      throw new Error(
        `not seen after ${PATIENCE_MS / 1_000} s; ${summarize(state)}`,
      );
  }
}

async function observe({ kubectl }, namespace, age) {
  const read = async (kinds, ...args) =>
    JSON.parse(await kubectl('get', kinds, '-o', 'json', ...args)).items;
  const objects = await read(KINDS, '-n', namespace);
  const events = await read('events', '-n', namespace);
  const of = kind => objects.filter(object => object.kind === kind);
  const containers = of('Pod').flatMap(({ status }) => [
    ...(status.initContainerStatuses ?? []),
    ...(status.containerStatuses ?? []),
  ]);
  return {
    age,
    objects,
    events,
    nodes: await read('nodes'),
    pods: of('Pod'),
    deployments: of('Deployment'),
    jobs: of('Job'),
    containers,
    restarts: Math.max(
      0,
      ...containers.map(({ restartCount }) => restartCount),
    ),
    eventsOf: reason => events.filter(event => event.reason === reason),
  };
}

/** What there was instead, for who wants to know why a situation did not come. */
function summarize({ pods, containers, events }) {
  const states = containers.map(
    ({ state, restartCount }) => `${JSON.stringify(state)} x${restartCount}`,
  );
  return [
    `${pods.length} pods`,
    ...states,
    ...events.map(({ reason, message }) => `${reason}: ${message}`),
  ]
    .join(' | ')
    .slice(0, 1_500);
}

async function write(cluster, { situation, namespace, state }) {
  const folder = join(options.out, situation.name);
  const logs = {};
  for (const { metadata } of state.pods) {
    const output = await readOutput(cluster, namespace, metadata.name);
    if (output) logs[metadata.name] = output;
  }
  const scrub = text => scrubText(text, cluster, namespace);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const save = (name, value) =>
    writeFileSync(
      join(folder, name),
      scrub(stringify(value, { lineWidth: 0 })),
    );
  save('situation.yaml', {
    recordedAt: new Date().toISOString(),
    kubernetes: cluster.version,
  });
  save('objects.yaml', {
    apiVersion: 'v1',
    kind: 'List',
    items: [...state.objects, ...state.nodes].map(tidy),
  });
  save('events.yaml', {
    apiVersion: 'v1',
    kind: 'List',
    items: state.events.map(tidy),
  });
  save('logs.yaml', logs);
}

/** Output of the run that ended, where one has; else of the one that is. */
async function readOutput({ kubectl }, namespace, pod) {
  const read = (...more) =>
    kubectl(
      'logs',
      pod,
      '-n',
      namespace,
      '--all-containers',
      '--tail=40',
      ...more,
    ).catch(() => '');
  const previous = await read('--previous');
  return previous.includes('unable to retrieve container logs') ||
    previous === ''
    ? read()
    : previous;
}

/** What no rule reads and only makes noise. */
function tidy(object) {
  const { managedFields, ...metadata } = object.metadata;
  delete metadata.annotations?.[
    'kubectl.kubernetes.io/last-applied-configuration'
  ];
  const copy = { ...object, metadata };
  if (copy.kind === 'Node') {
    const { kubeletVersion, architecture, operatingSystem } =
      copy.status.nodeInfo;
    copy.status = {
      ...copy.status,
      nodeInfo: { kubeletVersion, architecture, operatingSystem },
    };
    delete copy.status.images;
  }
  return copy;
}

/** Names and addresses of the machine that recorded become those of an example. */
function scrubText(text, { registry, node, hub, namespace: netns }, namespace) {
  return text
    .replaceAll(registry, 'registry.example:5000')
    .replaceAll(node, '192.0.2.10')
    .replaceAll(hub, '192.0.2.1')
    .replaceAll(netns, 'example')
    .replaceAll('real-0', 'node-1')
    .replaceAll(namespace, 'shop--dev');
}

async function inParallel(items, atOnce, work) {
  const queue = [...items];
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let item = queue.shift(); item; item = queue.shift())
        await work(item);
    }),
  );
}

await main();
