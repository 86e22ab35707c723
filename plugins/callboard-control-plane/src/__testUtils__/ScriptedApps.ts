import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { type Problem, failed, ok } from '@callboard/plugin-callboard-common';
import type { BuildInput, Builder } from '@callboard/plugin-callboard-node';
import type {
  ContainerStart,
  PodRuntime,
  RunningContainer,
} from '@callboard/sim';

/** What pushed code does, as its file `behaviour.json` says. */
export type Behaviour =
  | { does: 'serve' }
  /** `on`: nowhere but on these clusters. */
  | { does: 'crash'; code: number; says: string[]; on?: string[] }
  /** Its checks are refused. */
  | { does: 'listen-elsewhere'; says: string[] }
  | { does: 'not-build'; problem: Problem }
  /** The builder itself fails, as with a bug in it. */
  | { does: 'break-builder' }
  | { does: 'build-slowly'; ms: number };

/** Builds what tests push, and plays it in the simulated clusters: code that is a word. */
export class ScriptedApps implements Builder, PodRuntime {
  readonly name = 'scripted';
  /** Builds that were begun, by revision: a test sees whether work was done twice. */
  readonly builds: string[] = [];
  readonly #behaviours = new Map<string, Behaviour>();
  readonly #running = new Set<ContainerStart>();
  /** What each container takes, as it is measured. */
  memoryBytes = 40 * 1024 ** 2;
  #isCured = false;

  async build({ app, revision, folder, workloads, signal }: BuildInput) {
    this.builds.push(revision);
    const text = await readFile(join(folder, 'behaviour.json'), 'utf8');
    const behaviour = JSON.parse(text) as Behaviour;
    if (behaviour.does === 'break-builder')
      throw Object.assign(new Error('ENOENT: no such file'), {
        code: 'ENOENT',
      });
    if (behaviour.does === 'not-build') return failed(behaviour.problem);
    if (behaviour.does === 'build-slowly') {
      await new Promise<void>(resolve => {
        const timer = setTimeout(resolve, behaviour.ms);
        signal.addEventListener('abort', () => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
    const digest = createHash('sha256').update(`${app}\n${text}`).digest('hex');
    const image = `bundle.callboard.dev/${app}@sha256:${digest}`;
    this.#behaviours.set(image, behaviour);
    const images = workloads.map(({ metadata, containers }) => [
      metadata.name,
      Object.fromEntries(
        Object.entries(containers)
          .filter(([, container]) => container.image === '.')
          .map(([container]) => [container, image]),
      ),
    ]);
    return ok({ images: Object.fromEntries(images) });
  }

  runs(image: string): boolean {
    return image.startsWith('bundle.callboard.dev/');
  }

  start(container: ContainerStart): RunningContainer {
    const behaviour = this.#behaviours.get(container.image);
    this.#running.add(container);
    let isServing = false;
    if (behaviour?.does === 'crash' && this.#isSick(behaviour, container)) {
      container.onLog(behaviour.says);
      setTimeout(() => {
        this.#running.delete(container);
        container.onExit({ code: behaviour.code });
      }, 50).unref();
    } else if (behaviour?.does === 'listen-elsewhere') {
      container.onLog(behaviour.says);
    } else {
      container.onLog(['listening']);
      isServing = true;
    }
    return {
      addressOf: port =>
        isServing
          ? { host: '127.0.0.1', port, dial: async () => new Socket() }
          : undefined,
      usage: () => ({
        cpuNanocores: 7_000_000,
        memoryBytes: this.memoryBytes,
        at: new Date(),
        windowMs: 15_000,
      }),
      stop: async () => {
        if (this.#running.delete(container)) container.onExit({ code: 0 });
      },
    };
  }

  /** From now on nothing crashes: what it needed is there again. */
  cure(): void {
    this.#isCured = true;
  }

  #isSick({ on }: { on?: string[] }, { cluster }: ContainerStart): boolean {
    return !this.#isCured && (on === undefined || on.includes(cluster));
  }

  /** Has the containers of an app that run on a cluster write lines. */
  print(app: string, cluster: string, lines: string[]): void {
    for (const container of this.#running)
      if (
        container.cluster === cluster &&
        container.labels['callboard.dev/app'] === app
      )
        container.onLog(lines);
  }

  /** Containers of an app that run now, as `cluster/container`. */
  running(app: string): string[] {
    return [...this.#running]
      .filter(({ labels }) => labels['callboard.dev/app'] === app)
      .map(({ cluster, container }) => `${cluster}/${container}`)
      .sort();
  }
}
