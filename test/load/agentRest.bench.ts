/*
 * What the agent costs while nothing happens, beside a bare process of Node.js
 * and the least process that holds one TLS connection.
 *
 *   node test/load/run.mjs agentRest [rounds] [seconds of rest]
 *
 * The agent runs as its image has it: the bundle, no sources. It has taken 50
 * objects, keeps them in a folder, and is left alone for longer than the 30 s
 * after which it tidies up. Processes of
 * one round run side by side; medians over the rounds.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { generateKeys } from '@callboard/tunnel';
/* eslint-disable @backstage/no-relative-monorepo-imports */
import { TunnelHub } from '../../plugins/callboard-clusters-node/src/tunnel/TunnelHub';
import { TunnelTransport } from '../../plugins/callboard-clusters-node/src/tunnel/TunnelTransport';
/* eslint-enable @backstage/no-relative-monorepo-imports */
import { type Memory, memoryOf, processorTimeOf } from './agentRest/memoryOf';
import { startObjectServer } from './agentRest/objectServer';
import { median } from './statistics';
import { makeCertificate } from './tunnel/certificate';
import { countingRegistry } from './tunnel/countingRegistry';

const ROUNDS = Number(process.argv[2] ?? 5);
const REST_SECONDS = Number(process.argv[3] ?? 45);
const OBJECTS = 50;
const CLUSTER = 'edge';

const BARE = 'setInterval(() => {}, 1e6)';
/** Reads its two files, as the agent does, and stays connected. */
const LEAST = (port: number, ca: string) => `
  const ca = require('node:fs').readFileSync(${JSON.stringify(ca)}, 'utf8');
  const options = { host: '127.0.0.1', port: ${port}, ca, minVersion: 'TLSv1.3' };
  const socket = require('node:tls').connect(options, () => socket.write('GET / HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n'));
  socket.on('data', () => {});
  setInterval(() => {}, 1e6);
`;

interface Figures extends Memory {
  milliCpu: number;
}

class Processes {
  readonly #running: ChildProcess[] = [];

  start(args: string[]): number {
    const child = spawn(process.execPath, args, {
      env: { PATH: process.env.PATH },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    this.#running.push(child);
    if (child.pid === undefined) throw new Error('It did not start');
    return child.pid;
  }

  endAll(): void {
    for (const child of this.#running.splice(0)) child.kill('SIGKILL');
  }
}

/** The agent as images carry it: without sources it runs what was bundled. */
function packAgent(folder: string): string {
  const home = resolve('packages/agent');
  execFileSync(
    process.execPath,
    [join(home, 'bin/callboard-agent'), '--help'],
    {
      stdio: 'ignore',
    },
  );
  for (const part of ['bin', 'dist'])
    cpSync(join(home, part), join(folder, 'agent', part), { recursive: true });
  return join(folder, 'agent/bin/callboard-agent');
}

function objectAt(i: number): { path: string; body: string } {
  const [namespace, name] = [`shop-${i % 5}--dev`, `web-${i}`];
  return {
    path: `/apis/apps/v1/namespaces/${namespace}/deployments/${name}?fieldManager=callboard&force=true`,
    body: JSON.stringify({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: {
        name,
        namespace,
        annotations: { 'callboard.dev/fingerprint': `f${i}` },
      },
      spec: { replicas: 2, template: { spec: { text: 'x'.repeat(1_500) } } },
    }),
  };
}

async function until(what: string, isSo: () => boolean): Promise<void> {
  for (let i = 0; i < 3_000; i++) {
    if (isSo()) return;
    await sleep(10);
  }
  throw new Error(`Waited 30 s: ${what}`);
}

async function applyObjects(hub: TunnelHub): Promise<void> {
  const transport = new TunnelTransport(hub, CLUSTER);
  for (let i = 0; i < OBJECTS; i++) {
    const { path, body } = objectAt(i);
    const answer = await transport.send({
      method: 'PATCH',
      path,
      headers: { 'content-type': 'application/apply-patch+yaml' },
      body,
      signal: AbortSignal.timeout(10_000),
    });
    if (answer.status !== 200) throw new Error(`Answered ${answer.status}`);
    for await (const _ of answer.body);
  }
}

async function measureRound(
  folder: string,
  program: string,
): Promise<Record<string, Figures>> {
  const tls = makeCertificate();
  const [identity, keys] = [generateKeys(), generateKeys()];
  const api = await startObjectServer(tls);
  const server = https.createServer(
    { ...tls, minVersion: 'TLSv1.3', keepAliveTimeout: 600_000 },
    (_, answer) => answer.end(),
  );
  const hub = new TunnelHub({
    identity,
    registry: countingRegistry(keys.publicKey, { reads: 0, writes: 0 }),
  });
  server.on('upgrade', (request, socket, head) =>
    hub.handleUpgrade(request, socket, head),
  );
  await new Promise<void>(listening =>
    server.listen(0, '127.0.0.1', listening),
  );
  const { port } = server.address() as AddressInfo;
  const home = mkdtempSync(join(folder, 'round-'));
  const file = (name: string, text: string) => {
    writeFileSync(join(home, name), text, { mode: 0o600 });
    return join(home, name);
  };
  const ca = file('ca.pem', tls.cert);
  mkdirSync(join(home, 'state'));
  const processes = new Processes();
  try {
    const bare = file('bare.cjs', BARE);
    const least = file('least.cjs', LEAST(port, ca));
    const agent = processes.start([
      program,
      ...['--hub', `wss://127.0.0.1:${port}/connect`, '--hub-ca', ca],
      `--hub-key=${identity.publicKey}`,
      ...['--cluster', CLUSTER],
      ...['--key-file', file('key', keys.privateKey)],
      ...['--kubeconfig', file('kubeconfig', kubeconfigOf(api.port, tls.cert))],
      ...['--state-folder', join(home, 'state')],
    ]);
    await until('the agent connects', () => hub.connected().includes(CLUSTER));
    await applyObjects(hub);
    const pids = {
      bare: processes.start([bare]),
      least: processes.start([least]),
      agent,
    };
    await sleep(1_000);
    const before = Object.values(pids).map(processorTimeOf);
    await sleep(REST_SECONDS * 1_000);
    return Object.fromEntries(
      Object.entries(pids).map(([name, pid], i) => [
        name,
        {
          ...memoryOf(pid),
          milliCpu: (processorTimeOf(pid) - before[i]) / REST_SECONDS,
        },
      ]),
    );
  } finally {
    processes.endAll();
    await hub.close();
    server.closeAllConnections();
    server.close();
    api.close();
  }
}

function kubeconfigOf(port: number, cert: string): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': CLUSTER,
    contexts: [{ name: CLUSTER, context: { cluster: CLUSTER, user: CLUSTER } }],
    clusters: [
      {
        name: CLUSTER,
        cluster: {
          server: `https://127.0.0.1:${port}`,
          'certificate-authority-data': Buffer.from(cert).toString('base64'),
        },
      },
    ],
    users: [{ name: CLUSTER, user: { token: 'none' } }],
  });
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function measure(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'callboard-load-'));
  try {
    const program = packAgent(folder);
    const rounds: Array<Record<string, Figures>> = [];
    for (let i = 0; i < ROUNDS; i++)
      rounds.push(await measureRound(folder, program));
    print(
      '| process | resident MB | anonymous MB | own MB | mCPU | times bare |',
    );
    print('| --- | --- | --- | --- | --- | --- |');
    for (const name of Object.keys(rounds[0])) {
      const middle = (field: keyof Figures) =>
        median(rounds.map(each => each[name][field]));
      const times = rounds.map(
        each => each[name].resident / each.bare.resident,
      );
      print(
        `| ${name} | ${(['resident', 'anonymous', 'own'] as const)
          .map(field => middle(field).toFixed(1))
          .join(' | ')} | ${middle('milliCpu').toFixed(2)} | ${median(
          times,
        ).toFixed(3)} |`,
      );
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

void measure().then(
  () => process.exit(0),
  error => {
    process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
    process.exit(1);
  },
);
