import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { createBackendModule } from '@backstage/backend-plugin-api';
import type {
  BackendFeature,
  ServiceFactory,
} from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { ControlPlaneDeps } from '@callboard/plugin-callboard-control-plane';
import {
  gitTokensExtensionPoint,
  seedAppsExtensionPoint,
  type SeedApp,
} from '@callboard/plugin-callboard-node';
import { createCallboardPlugin } from '../createCallboardPlugin';
import type { ControlPlaneFactory } from '../openCallboard';
import { MemoryControlPlane } from './MemoryControlPlane';

const { PATH } = process.env; // of who runs the tests; some take it away from the backend

export const TOKENS = {
  ana: 'ana-0123456789abcdef',
  bo: 'bo-0123456789abcdef',
};

/** A score.yaml that every check takes. */
export const SCORE = `apiVersion: score.dev/v1b1
metadata: { name: web }
containers:
  web: { image: . }
`;

export interface PushResult {
  code: number;
  /** What git printed, standard error first. */
  output: string;
  /** The `remote:` lines alone. */
  remote: string[];
  seconds: number;
}

export interface TestPortalOptions {
  config?: object;
  seeds?: SeedApp[];
  services?: ServiceFactory[];
  features?: Array<BackendFeature | Promise<{ default: BackendFeature }>>;
  rootConfig?: object;
  entities?: Entity[];
  /** The control plane behind the plugin; one in memory when omitted. */
  factory?: ControlPlaneFactory;
  dataDir?: string;
}

/** The plugin in a Backstage backend of its own, with real git clients in front of it. */
export class TestPortal {
  readonly controlPlane: MemoryControlPlane;
  readonly folder: string;
  readonly server: Awaited<ReturnType<typeof startTestBackend>>['server'];
  /** What the plugin handed to its control plane. */
  readonly deps: ControlPlaneDeps;
  readonly #stop: () => Promise<void>;

  private constructor(
    parts: Pick<TestPortal, 'controlPlane' | 'folder' | 'server' | 'deps'> & {
      stop: () => Promise<void>;
    },
  ) {
    this.controlPlane = parts.controlPlane;
    this.folder = parts.folder;
    this.server = parts.server;
    this.deps = parts.deps;
    this.#stop = parts.stop;
  }

  static async start(options: TestPortalOptions = {}): Promise<TestPortal> {
    const folder = await mkdtemp(join(tmpdir(), 'callboard-portal-'));
    const controlPlane = new MemoryControlPlane();
    let deps: ControlPlaneDeps | undefined;
    const factory = options.factory ?? {
      migrate: async () => {},
      create: () => controlPlane,
    };
    const plugin = createCallboardPlugin({
      migrate: factory.migrate,
      create: given => {
        deps = given;
        return factory.create(given);
      },
    });
    const backend = await startTestBackend({
      features: [
        plugin,
        contributions(options.seeds ?? []),
        catalogServiceMock.factory({ entities: options.entities ?? [] }),
        mockServices.rootConfig.factory({
          data: {
            app: { baseUrl: 'http://portal.test' },
            backend: { baseUrl: 'http://localhost' },
            ...options.rootConfig,
            callboard: {
              dataDir: options.dataDir ?? join(folder, 'data'),
              ...options.config,
            },
          },
        }),
        ...(options.services ?? []),
        ...(options.features ?? []),
      ],
    });
    const { server } = backend;
    const stop = () => backend.stop();
    return new TestPortal({
      controlPlane,
      folder,
      server,
      deps: deps as ControlPlaneDeps,
      stop,
    });
  }

  async stop(): Promise<void> {
    await this.#stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Resolves once the plugin knows its server, shortly after the start. */
  async untilUpgradesAreTaken(): Promise<void> {
    const { server } = this;
    if (server.listenerCount('upgrade') > 0) return;
    await new Promise<void>(resolve => {
      server.on('newListener', event => event === 'upgrade' && resolve());
    });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Address for git, with the credentials in it; without any when `user` is omitted. */
  gitUrl(
    app: string,
    user?: string,
    token: string = TOKENS[user as keyof typeof TOKENS],
  ): string {
    const url = new URL(`/api/callboard/git/${app}.git`, this.url);
    if (user) Object.assign(url, { username: user, password: token });
    return url.href;
  }

  /** Makes a repository with one commit of these files. Returns its folder. */
  async repository(
    files: Record<string, string | Uint8Array>,
  ): Promise<string> {
    const work = await mkdtemp(join(this.folder, 'work-'));
    await this.git(work, 'init', '--quiet', '--initial-branch=main');
    await this.commit(work, files);
    return work;
  }

  async commit(
    work: string,
    files: Record<string, string | Uint8Array>,
  ): Promise<string> {
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(work, path)), { recursive: true });
      await writeFile(join(work, path), content);
    }
    await this.git(work, 'add', '--all');
    await this.git(work, 'commit', '--quiet', '--allow-empty', '-m', 'Change');
    return (await this.git(work, 'rev-parse', 'HEAD')).output.trim();
  }

  /** Commits the files to a fresh repository and pushes it. */
  async push(
    app: string,
    files: Record<string, string | Uint8Array> = { 'score.yaml': SCORE },
    { user = 'ana' }: { user?: 'ana' | 'bo' } = {},
  ): Promise<PushResult> {
    return this.git(
      await this.repository(files),
      'push',
      this.gitUrl(app, user),
      'main',
    );
  }

  /** Runs the real git client as a person would, without that person's configuration. */
  async git(work: string, ...args: string[]): Promise<PushResult> {
    const began = performance.now();
    const env = {
      PATH,
      HOME: this.folder,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_TERMINAL_PROMPT: '0',
      GIT_AUTHOR_NAME: 'Ana',
      GIT_AUTHOR_EMAIL: 'ana@example.com',
      GIT_COMMITTER_NAME: 'Ana',
      GIT_COMMITTER_EMAIL: 'ana@example.com',
      LC_ALL: 'C',
    };
    const { code, output } = await promisify(execFile)('git', args, {
      cwd: work,
      env,
      maxBuffer: 1e8,
    }).then(
      ({ stdout, stderr }) => ({ code: 0, output: stderr + stdout }),
      (error: { code: number; stdout: string; stderr: string }) => ({
        code: error.code,
        output: error.stderr + error.stdout,
      }),
    );
    const remote = output
      .split(/\r?\n/)
      .filter(line => line.startsWith('remote: '))
      .map(line => line.slice('remote: '.length).trimEnd());
    return {
      code,
      output,
      remote,
      seconds: (performance.now() - began) / 1000,
    };
  }
}

function contributions(seeds: SeedApp[]) {
  return createBackendModule({
    pluginId: 'callboard',
    moduleId: 'test',
    register(env) {
      env.registerInit({
        deps: {
          tokens: gitTokensExtensionPoint,
          seedApps: seedAppsExtensionPoint,
        },
        async init({ tokens, seedApps }) {
          for (const [username, token] of Object.entries(TOKENS)) {
            const userEntityRef = `user:default/${username}`;
            tokens.addGitToken({
              username,
              token,
              userEntityRef,
              ownershipRefs: [userEntityRef],
            });
          }
          seeds.forEach(seed => seedApps.addSeedApp(seed));
        },
      });
    },
  });
}
