import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { App } from '@callboard/plugin-callboard-common';
import { Portal } from '../../browser/support/Portal';
import { Repository } from '../../browser/support/Repository';

const HERE = join(process.cwd(), 'test/load/loop');

export interface Waits {
  count: number;
  p50: number;
  p95: number;
  p99: number;
  max: number;
}

/** What readers waited for, in milliseconds, and how the loop did meanwhile. */
export interface Look extends Waits {
  perSecond: number;
  statuses: Record<string, number>;
  /** What a bare server beside the portal took: the machine's part. */
  bare: Waits;
  paths: Record<string, Waits>;
  loop: LoopState;
}

export interface LoopState {
  cpuMs: number;
  loopCpuMs: number;
  /** It could have computed, and other programs had the processors. */
  loopWaitedMs: number;
  worstStallCpuMs: number;
  /** Of more than 25 ms of CPU, the first 50. */
  stalls: Array<{ cpuMs: number; wallMs: number }>;
  delayP99Ms: number;
  delayMaxMs: number;
  rssMiB: number;
}

/** A portal with a probe in its loop, readers beside it, and repositories to push. */
export class LoopBench {
  readonly #portal: Portal;
  readonly #readers: ChildProcess;
  readonly #answers: AsyncIterator<string>;
  readonly #repositories: Repository[];
  readonly #folder: string;
  readonly #options: BenchOptions;
  #token = '';

  static async start(options: BenchOptions): Promise<LoopBench> {
    const folder = await mkdtemp(join(tmpdir(), 'callboard-loop-'));
    process.env.CALLBOARD_LOOP_PROBE = join(folder, 'probe');
    process.env.NODE_OPTIONS = `--require ${join(HERE, 'probe.cjs')}`;
    const portal = await Portal.create(options);
    await portal.start();
    delete process.env.NODE_OPTIONS;
    const repositories = await Promise.all(
      Array.from({ length: options.apps }, (_, index) =>
        Repository.create(filesOf(index, 0)),
      ),
    );
    await new Promise(done => setTimeout(done, 8_000)); // its own apps are seeded
    return new LoopBench({ portal, repositories, folder, options });
  }

  private constructor(of: {
    portal: Portal;
    repositories: Repository[];
    folder: string;
    options: BenchOptions;
  }) {
    this.#portal = of.portal;
    this.#repositories = of.repositories;
    this.#folder = of.folder;
    this.#options = of.options;
    this.#readers = spawn(process.execPath, [join(HERE, 'readers.mjs')], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#answers = createInterface({ input: this.#readers.stdout! })[
      Symbol.asyncIterator
    ]();
  }

  /** One reader of the fleet, ten times a second, and nothing else. */
  async idle(): Promise<Look> {
    return this.#during(
      'idle',
      { readers: 1, everyMs: 50, paths: ['/fleet'] },
      () => new Promise(done => setTimeout(done, this.#options.seconds * 1000)),
    );
  }

  /** The same reader while every app is pushed at once, until all of them run. */
  async pushes(round: number): Promise<Look & { seconds: number }> {
    if (round > 0)
      await Promise.all(
        this.#repositories.map((repository, index) =>
          repository.commit(`Round ${round}`, filesOf(index, round)),
        ),
      );
    const startedAt = performance.now();
    const look = await this.#during(
      'pushes',
      { readers: 1, everyMs: 50, paths: ['/fleet'] },
      async () => {
        const outcomes = await Promise.all(
          this.#repositories.map((repository, index) =>
            repository.push(this.#portal.cloneUrl(appOf(index))),
          ),
        );
        const bad = outcomes.find(({ ok }) => !ok);
        if (bad) throw new Error(`A push failed:\n${bad.text}`);
      },
    );
    const seconds = (performance.now() - startedAt) / 1000;
    await this.#untilHealthy();
    return { ...look, seconds };
  }

  /** Readers as people are: each looks at something every two seconds. */
  async visitors(readers: number): Promise<Look> {
    return this.#during('visitors', {
      readers,
      everyMs: 2_000,
      paths: ['/fleet', '/apps', `/apps/${appOf(0)}`, '/clusters'],
    });
  }

  /** All at once, each again as soon as it was answered. */
  async crowd(readers: number): Promise<Look> {
    return this.#during('crowd', {
      readers,
      everyMs: 0,
      paths: ['/fleet', '/apps'],
    });
  }

  async remove(): Promise<void> {
    this.#readers.kill();
    await this.#portal.remove();
    await Promise.all(this.#repositories.map(each => each.remove()));
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #during(
    name: string,
    order: { readers: number; everyMs: number; paths: string[] },
    work?: () => Promise<unknown>,
  ): Promise<Look> {
    await this.#signIn();
    await this.#probe('read');
    if (this.#options.profileTo) {
      await this.#probe('profile');
      await this.#probe('read'); // its start takes half a second
    }
    this.#order({
      ...order,
      url: `${this.#portal.url}/api/callboard/v1`,
      tokens: [this.#token],
      seconds: work ? 600 : this.#options.seconds,
    });
    try {
      await work?.();
    } finally {
      if (work) this.#order({ stop: true });
    }
    const { value } = await this.#answers.next();
    const loop = await this.#probe('read');
    if (this.#options.profileTo)
      await this.#probe(
        `keep ${this.#options.profileTo(`${name}.cpuprofile`)}`,
      );
    return { ...JSON.parse(value), loop };
  }

  #order(order: object): void {
    this.#readers.stdin!.write(`${JSON.stringify(order)}\n`);
  }

  async #signIn(): Promise<void> {
    this.#token = await this.#portal.signIn();
  }

  async #untilHealthy(): Promise<void> {
    for (;;) {
      const { body } = await this.#portal.api<{ items: App[] }>('/apps');
      const mine = body.items.filter(({ name }) => name.startsWith('load-'));
      if (
        mine.length === this.#repositories.length &&
        mine.every(({ environments }) =>
          environments.some(({ health }) => health.status === 'Healthy'),
        )
      )
        return;
      await new Promise(done => setTimeout(done, 500));
    }
  }

  #probe(command: string): Promise<LoopState> {
    return new Promise((resolve, reject) => {
      const socket = connect(join(this.#folder, 'probe'), () =>
        socket.write(`${command}\n`),
      );
      let text = '';
      socket.on('data', chunk => {
        text += chunk;
      });
      socket.on('end', () => resolve(JSON.parse(text)));
      socket.on('error', reject);
    });
  }
}

export interface BenchOptions {
  apps: number;
  seconds: number;
  port?: number;
  profileTo?: (name: string) => string;
}

function appOf(index: number): string {
  return `load-${String(index).padStart(2, '0')}`;
}

/** An app whose image is named: what is measured is the portal, not what an app computes. */
function filesOf(index: number, round: number): Record<string, string> {
  return {
    'score.yaml': JSON.stringify({
      apiVersion: 'score.dev/v1b1',
      metadata: { name: appOf(index) },
      containers: {
        web: {
          image: `registry.example/${appOf(index)}:${round}`,
          resources: { requests: { cpu: '10m', memory: '8Mi' } },
        },
      },
      service: { ports: { web: { port: 80, targetPort: 8080 } } },
    }),
  };
}
