/*
 * What the tunnel costs: the same requests to the same API server directly,
 * through relays that only pipe bytes, through `ssh -R`, and through ours. TLS
 * 1.3 on every connection; hub and asking process are one, as in the portal.
 *
 *   node test/load/run.mjs tunnel [rounds] [bulk MB]
 *
 * Routes take turns within each round, forwards and backwards; ratios are of one
 * round, and their median is told with its bootstrap 95 % interval.
 */
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { generateKeys } from '@callboard/tunnel';
import { interval, median, seededRandom } from './statistics';
import type { Route, StallingRoute } from './tunnel/Route';
import { makeCertificate } from './tunnel/certificate';
import { httpsRoute, socketRoute } from './tunnel/httpRoute';
import {
  RelayHub,
  type RelayAgentInput,
  runRelayAgent,
  runRelayHub,
} from './tunnel/relay';
import { startSshRelay } from './tunnel/startSshRelay';
import { SMALL, bulkOf, startTargetServer } from './tunnel/targetServer';
import { openTunnelRoute } from './tunnel/tunnelRoute';

const ROUNDS = Number(process.argv[2] ?? 15);
const BULK_BYTES = Number(process.argv[3] ?? 48) * 1024 * 1024;
const SMALL_REQUESTS = 250;
const WARM_ROUNDS = 3;
const STALLED_BYTES = 1024 * 1024 * 1024;
const ROLE = 'CALLBOARD_LOAD_ROLE';

type Certificate = { key: string; cert: string };
type Role =
  | { kind: 'target'; tls: Certificate }
  | { kind: 'relay-hub'; tls: Certificate }
  | ({ kind: 'relay-agent' } & RelayAgentInput);

async function play(role: Role): Promise<void> {
  process.on('disconnect', () => process.exit()); // never longer than who measures
  switch (role.kind) {
    case 'target':
      process.send?.(await startTargetServer(role.tls));
      return;
    case 'relay-hub':
      process.send?.(await runRelayHub(role.tls));
      return;
    case 'relay-agent':
      runRelayAgent(role);
      return;
    default:
      role satisfies never;
  }
}

const children: ChildProcess[] = [];
const begin = (role: Role): ChildProcess => {
  const child = fork(process.argv[1], {
    env: { ...process.env, [ROLE]: JSON.stringify(role) },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  children.push(child);
  return child;
};
/** The agent's own command line, with the flags that it gives itself. */
const beginAgent = (args: string[]): void => {
  const program = resolve('packages/agent/bin/callboard-agent');
  children.push(
    spawn(process.execPath, [program, ...args], {
      stdio: ['ignore', 'ignore', 'inherit'],
    }),
  );
};
const reported = <T>(child: ChildProcess): Promise<T> =>
  new Promise(done => child.once('message', done as () => void));

async function until(what: string, isSo: () => boolean): Promise<void> {
  for (let i = 0; i < 1_000; i++) {
    if (isSo()) return;
    await sleep(10);
  }
  throw new Error(`Waited 10 s: ${what}`);
}

async function openRelays(
  tls: Certificate,
  targetPort: number,
): Promise<Route[]> {
  const ca = tls.cert;
  const near = async (name: string, readsRequests: boolean) => {
    const hub = new RelayHub(tls);
    const hubPort = await hub.listen();
    begin({ kind: 'relay-agent', hubPort, targetPort, ca, readsRequests });
    await until('the relay agent dials', () => hub.isReady);
    return socketRoute(name, () => hub.take());
  };
  const { agentPort, clientPort } = await reported<{
    agentPort: number;
    clientPort: number;
  }>(begin({ kind: 'relay-hub', tls }));
  const readsRequests = false;
  begin({
    kind: 'relay-agent',
    hubPort: agentPort,
    targetPort,
    ca,
    readsRequests,
  });
  return [
    await near('relay', false),
    await near('relay that reads', true),
    httpsRoute('relay, own hub', { port: clientPort, ca }),
  ];
}

async function openOurs(
  tls: Certificate,
  { folder, targetPort }: { folder: string; targetPort: number },
): Promise<StallingRoute> {
  const [identity, keys] = [generateKeys(), generateKeys()];
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text, { mode: 0o600 });
    return join(folder, name);
  };
  const ours = await openTunnelRoute('ours', {
    tls,
    identity,
    agentKey: keys.publicKey,
    cluster: 'edge',
  });
  const kubeconfig = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'edge',
    contexts: [{ name: 'edge', context: { cluster: 'edge', user: 'edge' } }],
    clusters: [
      {
        name: 'edge',
        cluster: {
          server: `https://127.0.0.1:${targetPort}`,
          'certificate-authority-data': Buffer.from(tls.cert).toString(
            'base64',
          ),
        },
      },
    ],
    users: [{ name: 'edge', user: { token: 'none' } }],
  };
  beginAgent([
    ...['--hub', `wss://127.0.0.1:${ours.port}/connect`],
    `--hub-key=${identity.publicKey}`,
    ...['--cluster', 'edge'],
    ...['--hub-ca', file('ca.pem', tls.cert)],
    ...['--key-file', file('key', keys.privateKey)],
    ...['--kubeconfig', file('kubeconfig', JSON.stringify(kubeconfig))],
    ...['--state-folder', join(folder, 'state')],
  ]);
  await until('the agent connects', () => ours.isConnected());
  return ours;
}

/** Milliseconds of the middle one of many small requests, one after the other. */
async function timeSmall(route: Route): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < SMALL_REQUESTS; i++) {
    const start = performance.now();
    await route.read(SMALL);
    times.push(performance.now() - start);
  }
  return median(times);
}

/** MB/s of one long answer. */
async function timeBulk(route: Route): Promise<number> {
  const start = performance.now();
  const bytes = await route.read(bulkOf(BULK_BYTES));
  if (bytes !== BULK_BYTES) throw new Error(`${route.name} lost bytes`);
  return bytes / 1024 / 1024 / ((performance.now() - start) / 1000);
}

type Samples = Map<string, number[]>;
const note = (samples: Samples, name: string, value: number) =>
  samples.set(name, [...(samples.get(name) ?? []), value]);

async function takeTurns(
  routes: readonly Route[],
  time: (route: Route) => Promise<number>,
): Promise<Samples> {
  const samples: Samples = new Map();
  for (let i = 0; i < WARM_ROUNDS; i++)
    for (const route of routes) await time(route);
  for (let round = 0; round < ROUNDS; round++) {
    for (const route of round % 2 === 0 ? routes : [...routes].reverse())
      note(samples, route.name, await time(route));
  }
  return samples;
}

async function takeTurnsStalled(
  route: StallingRoute,
  time: (route: Route) => Promise<number>,
): Promise<Samples> {
  const samples: Samples = new Map();
  for (let round = 0; round < ROUNDS; round++) {
    for (const isStalled of round % 2 === 0 ? [false, true] : [true, false]) {
      const end = isStalled
        ? await route.stall(bulkOf(STALLED_BYTES))
        : undefined;
      note(samples, isStalled ? 'stalled' : 'free', await time(route));
      end?.();
    }
  }
  return samples;
}

const random = seededRandom(11);

function describe(values: readonly number[], digits: number): string {
  const [low, high] = interval(values, random);
  const [middle, from, to] = [median(values), low, high].map(each =>
    each.toFixed(digits),
  );
  return `${middle} [${from}, ${to}]`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function describeRatio(
  samples: Samples,
  { of, over, goal }: { of: string; over: string; goal: string },
): void {
  const [above, below] = [samples.get(of), samples.get(over)];
  if (!above || !below) return;
  const ratios = above.map((value, i) => value / below[i]);
  print(`| ${of} / ${over} | ${describe(ratios, 2)} | ${goal} |`);
}

function describeTable(what: string, samples: Samples, digits: number): void {
  print(`\n| ${what} | median [95 %] | goal |\n| --- | --- | --- |`);
  for (const [name, values] of samples)
    print(`| ${name} | ${describe(values, digits)} | |`);
}

async function measure(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'callboard-load-'));
  const tls = makeCertificate();
  let stopSsh: () => void = () => undefined;
  try {
    const targetPort = await reported<number>(begin({ kind: 'target', tls }));
    const direct = httpsRoute('direct', { port: targetPort, ca: tls.cert });
    const relays = await openRelays(tls, targetPort);
    const ours = await openOurs(tls, { folder, targetPort });
    const routes: Route[] = [direct, ...relays, ours];
    const ssh = await startSshRelay(folder, targetPort);
    if ('missing' in ssh) print(`ssh -R is left out: ${ssh.missing}`);
    else {
      stopSsh = ssh.stop;
      routes.push(httpsRoute('ssh -R', { port: ssh.port, ca: tls.cert }));
    }

    const small = await takeTurns(routes, timeSmall);
    describeTable('small request, p50 in ms', small, 3);
    describeRatio(small, { of: 'ours', over: 'relay', goal: 'at most 1.3' });
    describeRatio(small, { of: 'ours', over: 'relay that reads', goal: '' });
    describeRatio(small, { of: 'ours', over: 'relay, own hub', goal: '' });
    describeRatio(small, { of: 'ours', over: 'ssh -R', goal: '' });

    const bulk = await takeTurns(routes, timeBulk);
    describeTable('bulk, MB/s', bulk, 0);
    describeRatio(bulk, { of: 'ours', over: 'relay', goal: 'at least 0.7' });
    describeRatio(bulk, { of: 'ours', over: 'relay that reads', goal: '' });
    describeRatio(bulk, { of: 'ours', over: 'relay, own hub', goal: '' });
    describeRatio(bulk, { of: 'ours', over: 'ssh -R', goal: 'at least 1.0' });

    const stalledSmall = await takeTurnsStalled(ours, timeSmall);
    describeTable('small beside a stalled stream, p50 in ms', stalledSmall, 3);
    describeRatio(stalledSmall, {
      of: 'stalled',
      over: 'free',
      goal: 'at most 1.1',
    });
    const stalledBulk = await takeTurnsStalled(ours, timeBulk);
    describeTable('bulk beside a stalled stream, MB/s', stalledBulk, 0);
    describeRatio(stalledBulk, {
      of: 'free',
      over: 'stalled',
      goal: 'at most 1.1',
    });
    for (const route of routes) await route.close();
  } finally {
    stopSsh();
    for (const child of children) child.kill();
    rmSync(folder, { recursive: true });
  }
}

const role = process.env[ROLE];
void (role === undefined ? measure() : play(JSON.parse(role) as Role)).then(
  () => role === undefined && process.exit(0),
  error => {
    process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
    process.exit(1);
  },
);
