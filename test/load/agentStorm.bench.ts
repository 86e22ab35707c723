/*
 * 1,000 agents on one hub, over TLS 1.3: what they cost while nothing happens,
 * and how they come back when the hub is killed and started again.
 *
 *   node test/load/run.mjs agentStorm [agents] [idle minutes]
 */
import { fork } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiServer, runAgent } from '@callboard/agent';
import { generateKeys } from '@callboard/tunnel';
import { makeCertificate } from './tunnel/certificate';
import {
  type FromHubProcess,
  type HubSetUp,
  runHubProcess,
} from './tunnel/hubProcess';

const AGENTS = Number(process.argv[2] ?? 1_000);
const IDLE_MINUTES = Number(process.argv[3] ?? 2);
const HUB = 'CALLBOARD_LOAD_HUB';

class HubChild {
  readonly seconds: number[] = [];
  port = 0;
  readonly #child;
  #onUsage: (usage: FromHubProcess & { kind: 'usage' }) => void = () =>
    undefined;

  constructor(setUp: HubSetUp) {
    this.#child = fork(process.argv[1], {
      env: { ...process.env, [HUB]: JSON.stringify(setUp) },
      stdio: 'inherit',
    });
    this.#child.on('message', (said: FromHubProcess) => {
      if (said.kind === 'listening') this.port = said.port;
      if (said.kind === 'connected') this.seconds.push(said.secondsSinceStart);
      if (said.kind === 'usage') this.#onUsage(said);
    });
  }

  async untilListening(): Promise<void> {
    while (this.port === 0) await sleep(10);
  }

  async untilConnected(count: number): Promise<void> {
    while (this.seconds.length < count) await sleep(20);
  }

  usage(): Promise<FromHubProcess & { kind: 'usage' }> {
    return new Promise(resolve => {
      this.#onUsage = resolve;
      this.#child.send('usage');
    });
  }

  async kill(): Promise<void> {
    const gone = new Promise(resolve => this.#child.once('exit', resolve));
    this.#child.kill('SIGKILL');
    await gone;
  }
}

async function measure(): Promise<void> {
  const tls = makeCertificate();
  const identity = generateKeys();
  const keys = generateKeys();
  const setUp = { tls, identity, agentKey: keys.publicKey, port: 0 };
  const first = new HubChild(setUp);
  await first.untilListening();
  const stop = new AbortController();
  const api = new ApiServer({ server: 'http://127.0.0.1:9' });
  for (let i = 0; i < AGENTS; i++) {
    if (i % 20 === 0) await sleep(200); // all at once is the storm, which comes later
    void runAgent(
      {
        hub: {
          url: `wss://127.0.0.1:${first.port}/agents`,
          hubKey: identity.publicKey,
          ca: tls.cert,
        },
        identity: { cluster: `edge-${i}`, ...keys, version: '0.1.0' },
        api,
        log: () => undefined,
        graceMs: 3_600_000,
      },
      stop.signal,
    );
  }
  const before = await untilQuiet(first);
  await sleep(IDLE_MINUTES * 60_000);
  const after = await first.usage();
  const seconds = IDLE_MINUTES * 60;
  print({
    what: `idle, ${IDLE_MINUTES} min`,
    hubMilliCpu: (after.cpuMs - before.cpuMs) / seconds,
    bytesPerMinutePerAgent:
      (after.bytes - before.bytes) / IDLE_MINUTES / AGENTS,
    databaseWrites: after.writes - before.writes,
    databaseReadsPerMinute: (after.reads - before.reads) / IDLE_MINUTES,
  });

  await first.kill();
  await sleep(10_000); // everybody is at the longest back-off by now
  const second = new HubChild({ ...setUp, port: first.port });
  await second.untilConnected(AGENTS);
  const { cpuMs } = await second.usage();
  const startedAt = Math.min(...second.seconds);
  const settled = Math.max(...second.seconds);
  const buckets = new Map<number, number>();
  for (const at of second.seconds) {
    const bucket = Math.floor(at);
    buckets.set(bucket, (buckets.get(bucket) ?? 0) + 1);
  }
  const largest = Math.max(...buckets.values());
  print({
    what: 'storm after kill -9 of the hub, 10 s away',
    firstAfterSeconds: startedAt,
    settledAfterSeconds: settled,
    largestOneSecondBucket: largest,
    timesTheMean: largest / (AGENTS / Math.ceil(settled)),
    hubCpuSeconds: cpuMs / 1000,
  });
  stop.abort();
  await second.kill();
}

/** All are connected, and have told what they had to tell. */
async function untilQuiet(
  hub: HubChild,
): Promise<FromHubProcess & { kind: 'usage' }> {
  for (let known = await hub.usage(); ; ) {
    await sleep(5_000);
    const usage = await hub.usage();
    if (usage.links === AGENTS && usage.writes === known.writes) return usage;
    known = usage;
  }
}

function print(figures: Record<string, string | number>): void {
  const rounded = Object.entries(figures).map(([name, value]) => [
    name,
    typeof value === 'number' ? Number(value.toFixed(2)) : value,
  ]);
  process.stdout.write(`${JSON.stringify(Object.fromEntries(rounded))}\n`);
}

const asHub = process.env[HUB];
void (
  asHub === undefined ? measure() : runHubProcess(JSON.parse(asHub) as HubSetUp)
).then(() => asHub === undefined && process.exit(0));
