import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  type ProbeReading,
  judgeReading,
} from '@callboard/plugin-callboard-core';
import type {
  AddressToProbe,
  ProbedAddress,
} from '@callboard/plugin-callboard-control-plane';
import { eventually } from '@callboard/testing';
import { probeAddresses } from './probeAddresses';

const T0 = Date.parse('2026-11-20T12:00:00Z');

/** A control plane that keeps what is noted, and a clock that a test moves. */
class Scene {
  readonly stop = new AbortController();
  readonly looks: string[] = [];
  readonly warnings: string[] = [];
  known = new Map<string, AddressToProbe>();
  isOwn: boolean;
  lists = 0;
  now = T0;
  running = 0;
  mostRunning = 0;
  answer: (url: string) => Promise<ProbeReading> = async () => ({
    kind: 'answered',
    ms: 1,
    status: 200,
  });
  readonly #loop: Promise<void>;

  constructor(urls: string[], { isOwn = true } = {}) {
    this.isOwn = isOwn;
    for (const url of urls)
      this.known.set(url, {
        app: 'shop',
        environment: 'prod',
        url,
        leads: { clusters: [], objects: [] },
      });
    this.#loop = probeAddresses({
      controlPlane: {
        findAddressesToProbe: async () => {
          this.lists += 1;
          return this.isOwn ? [...this.known.values()] : undefined;
        },
        noteProbes: async probed => this.#note(probed),
      },
      probe: async url => {
        this.looks.push(url);
        this.running += 1;
        this.mostRunning = Math.max(this.mostRunning, this.running);
        const reading = await this.answer(url);
        this.running -= 1;
        return reading;
      },
      now: () => new Date(this.now),
      random: () => 0.5,
      logger: {
        warn: (text: string) => this.warnings.push(text),
      } as unknown as LoggerService,
      signal: this.stop.signal,
      listMs: 0,
      roundMs: 1,
    });
  }

  async end(): Promise<void> {
    this.stop.abort();
    await this.#loop;
  }

  async #note(probed: readonly ProbedAddress[]) {
    const noted = probed.flatMap(({ address, reading, at }) => {
      const probe = judgeReading(
        this.known.get(address.url)?.probe,
        reading,
        at,
      );
      if (!probe) return [];
      this.known.set(address.url, { ...address, probe });
      return [[address.url, probe] as const];
    });
    return new Map(noted);
  }
}

describe('probeAddresses', () => {
  let scene: Scene;
  afterEach(() => scene.end());

  const looksAt = (url: string) => scene.looks.filter(each => each === url);
  const seen = (url: string, times: number) =>
    eventually(async () => expect(looksAt(url)).toHaveLength(times));

  it('looks once a minute, and less often where nothing answers', async () => {
    scene = new Scene(['http://good.test', 'http://bad.test']);
    scene.answer = async url =>
      url === 'http://bad.test'
        ? { kind: 'failed', state: 'unresolved' }
        : { kind: 'answered', ms: 1, status: 200 };
    for (let minute = 0; minute < 15; minute += 1) {
      scene.now = T0 + minute * 60_000;
      await seen('http://good.test', minute + 1);
    }
    const bad = looksAt('http://bad.test').length;
    expect(bad).toBeGreaterThanOrEqual(4); // after 0, 1, 3, 7 minutes
    expect(bad).toBeLessThanOrEqual(5);
  });

  it('looks at some of many at the same time only', async () => {
    scene = new Scene(
      Array.from({ length: 200 }, (_, at) => `http://app-${at}.test`),
    );
    await eventually(async () => expect(scene.looks).toHaveLength(200));
    expect(scene.mostRunning).toBeLessThanOrEqual(16);
    expect(new Set(scene.looks).size).toBe(200);
  });

  it('does nothing where another process looks', async () => {
    scene = new Scene(['http://shop.test'], { isOwn: false });
    await eventually(async () => expect(scene.lists).toBeGreaterThan(3));
    expect(scene.looks).toEqual([]);
    scene.isOwn = true;
    await eventually(async () =>
      expect(scene.looks).toEqual(['http://shop.test']),
    );
  });

  it('goes on after a look that failed', async () => {
    scene = new Scene(['http://shop.test']);
    scene.answer = async () => {
      scene.answer = async () => ({ kind: 'answered', ms: 1, status: 200 });
      throw new Error('it broke');
    };
    await eventually(async () =>
      expect(scene.known.get('http://shop.test')?.probe?.state).toBe('answers'),
    );
    expect(scene.warnings).toHaveLength(1);
  });
});
