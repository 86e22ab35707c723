import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { authServiceFactory } from '@backstage/backend-defaults/auth';
import { httpAuthServiceFactory } from '@backstage/backend-defaults/httpAuth';
import { schedulerServiceFactory } from '@backstage/backend-defaults/scheduler';
import { userInfoServiceFactory } from '@backstage/backend-defaults/userInfo';
import {
  coreServices,
  createBackendModule,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import authBackend from '@backstage/plugin-auth-backend';
import catalogBackend from '@backstage/plugin-catalog-backend';
import { eventsServiceFactory } from '@backstage/plugin-events-node';
import permissionBackend from '@backstage/plugin-permission-backend';
import searchBackend from '@backstage/plugin-search-backend';
import searchCatalog from '@backstage/plugin-search-backend-module-catalog';
import signalsBackend from '@backstage/plugin-signals-backend';
// The portal as packages/backend puts it together, with other people.
// eslint-disable-next-line @backstage/no-mixed-plugin-imports
import callboardPlugin, {
  localPermissionsServiceFactory,
  localPolicyServiceRef,
} from '@callboard/plugin-callboard-backend';
import catalogModuleCallboard from '@callboard/plugin-catalog-backend-module-callboard';
import type { Cluster } from '@callboard/plugin-callboard-common';
import { SimFleet } from '@callboard/sim';
import { stringify } from 'yaml';
import { APPS, PEOPLE, type Person, describePeople } from '../people';
import { SwitchablePolicy } from './SwitchablePolicy';
import { eventually } from '@callboard/testing';
import { signInModule } from './signInModule';
import {
  CLUSTERS,
  ENVIRONMENTS,
  SERVICES,
  describePortal,
} from './describePortal';

export interface Asked {
  method?: string;
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
}

export interface Answer {
  status: number;
  /** All but `date`. */
  headers: Record<string, string>;
  text: string;
}

const CLUSTER_TOKEN = 'of-the-simulated-cluster';
const { PATH } = process.env;

/** One portal of a company: real sign-in, permissions, catalog, search and signals, and clusters that are simulated. */
export class TenantPortal {
  readonly policy: SwitchablePolicy;
  readonly folder: string;
  readonly url: string;
  readonly server: Awaited<ReturnType<typeof startTestBackend>>['server'];
  /** `authorization` of each caller who has one. */
  readonly credentials: Record<string, string> = {};
  readonly #stop: () => Promise<void>;

  private constructor(
    parts: Pick<TenantPortal, 'policy' | 'folder' | 'url' | 'server'> & {
      stop: () => Promise<void>;
    },
  ) {
    this.policy = parts.policy;
    this.folder = parts.folder;
    this.url = parts.url;
    this.server = parts.server;
    this.#stop = parts.stop;
  }

  static async start(): Promise<TenantPortal> {
    const folder = await mkdtemp(join(tmpdir(), 'callboard-tenants-'));
    const sims = await SimFleet.listen({ seed: 3 });
    const clusters = Object.entries(CLUSTERS).map(([name, labels]) => {
      sims.addCluster({
        name,
        token: CLUSTER_TOKEN,
        nodes: [{ name: `${name}-a`, cpu: '4', memory: '8Gi', pods: 50 }],
      });
      return {
        name,
        labels,
        url: sims.urlOf(name),
        token: CLUSTER_TOKEN,
        allowPlainHttp: true,
      };
    });
    await writeFiles(join(folder, 'platform/environments'), ENVIRONMENTS);
    await writeFiles(folder, {
      'people.yaml': describePeople()
        .map(each => stringify(each))
        .join('---\n'),
    });
    const policy = new SwitchablePolicy();
    let pluginTokens: Record<string, string> = {};
    const backend = await startTestBackend({
      features: [
        callboardPlugin,
        authBackend,
        signInModule,
        permissionBackend,
        policyModule(policy),
        catalogBackend,
        catalogModuleCallboard,
        searchBackend,
        searchCatalog,
        signalsBackend,
        eventsServiceFactory,
        authServiceFactory,
        httpAuthServiceFactory,
        schedulerServiceFactory,
        userInfoServiceFactory,
        localPermissionsServiceFactory,
        pluginTokensPlugin(tokens => {
          pluginTokens = tokens;
        }),
        mockServices.rootConfig.factory({
          data: describePortal({ folder, clusters }),
        }),
      ],
    });
    const { server } = backend;
    const { port } = server.address() as AddressInfo;
    const portal = new TenantPortal({
      policy,
      folder,
      server,
      url: `http://127.0.0.1:${port}`,
      stop: async () => {
        await backend.stop();
        await sims.close();
        await rm(folder, { recursive: true, force: true });
      },
    });
    for (const [name, token] of Object.entries({
      ...SERVICES,
      ...pluginTokens,
    }))
      portal.credentials[name] = `Bearer ${token}`;
    for (const person of Object.keys(PEOPLE) as Person[])
      portal.credentials[person] = `Bearer ${await portal.signIn(person)}`;
    return portal;
  }

  /** Waits until every cluster answers. */
  async untilLive(): Promise<void> {
    await eventually('every cluster is live', async () => {
      const { text } = await this.ask(
        { path: '/api/callboard/v1/clusters' },
        'service',
      );
      const { items } = JSON.parse(text) as { items: Cluster[] };
      const silent = items.filter(({ freshness }) => freshness !== 'live');
      if (items.length < Object.keys(CLUSTERS).length || silent.length > 0)
        throw new Error(text);
    });
  }

  /** Waits until search finds an app for its readers. */
  async untilSearched(app: string): Promise<void> {
    const path = `/api/search/query?term=${app}`;
    await eventually(`search finds ${app}`, async () => {
      const { text } = await this.ask({ path }, 'rita');
      if (!text.includes(`/component/${app}"`)) throw new Error(text);
    });
  }

  stop(): Promise<void> {
    return this.#stop();
  }

  async signIn(person: Person): Promise<string> {
    const answer = await this.ask({
      path: '/api/auth/people/refresh',
      headers: { 'x-person': person },
    });
    return JSON.parse(answer.text).backstageIdentity.token;
  }

  /** Asks as a caller of {@link credentials}; any other name asks as nobody. */
  async ask(
    { method = 'GET', path, body, headers }: Asked,
    caller = 'nobody',
  ): Promise<Answer> {
    const authorization = this.credentials[caller];
    const answer = await fetch(`${this.url}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(authorization !== undefined && { authorization }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      body:
        body === undefined || typeof body === 'string'
          ? body
          : JSON.stringify(body),
    });
    const { date, ...kept } = Object.fromEntries(answer.headers);
    return { status: answer.status, headers: kept, text: await answer.text() };
  }

  /** Address for git with the credentials in it. */
  gitUrl(app: string, [username, password]: readonly [string, string]): string {
    const url = new URL(`/api/callboard/git/${app}.git`, this.url);
    return Object.assign(url, { username, password }).href;
  }

  /** Pushes an app with git itself, as its owner. */
  async push(
    app: string,
    person: Person,
    {
      image = 'registry.example/web:1',
      owner = APPS[app as keyof typeof APPS] as string,
    } = {},
  ): Promise<void> {
    const work = await mkdtemp(join(this.folder, 'work-'));
    await writeFiles(work, {
      'score.yaml': stringify({
        apiVersion: 'score.dev/v1b1',
        metadata: { name: 'web' },
        containers: { web: { image } },
      }),
      'app.yaml': stringify({
        apiVersion: 'callboard.dev/v1alpha1',
        kind: 'App',
        metadata: { name: app },
        spec: { owner },
      }),
    });
    await this.git(work, 'init', '--quiet', '--initial-branch=main');
    await this.git(work, 'add', '--all');
    await this.git(work, 'commit', '--quiet', '-m', `Begin ${app}`);
    const token = this.credentials[person].slice('Bearer '.length);
    await this.git(
      work,
      'push',
      '--force',
      this.gitUrl(app, [person, token]),
      'main',
    );
  }

  /** What git printed. Rejects where it failed. */
  async git(work: string, ...args: string[]): Promise<string> {
    const { stdout, stderr } = await promisify(execFile)('git', args, {
      cwd: work,
      env: {
        PATH,
        HOME: this.folder,
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_TERMINAL_PROMPT: '0',
        GIT_AUTHOR_NAME: 'Somebody',
        GIT_AUTHOR_EMAIL: 'somebody@example.com',
        GIT_COMMITTER_NAME: 'Somebody',
        GIT_COMMITTER_EMAIL: 'somebody@example.com',
        LC_ALL: 'C',
      },
    });
    return stderr + stdout;
  }
}

function policyModule(mine: SwitchablePolicy) {
  return createBackendModule({
    pluginId: 'permission',
    moduleId: 'switchable',
    register(env) {
      env.registerInit({
        deps: { policy: policyExtensionPoint, local: localPolicyServiceRef },
        async init({ policy, local }) {
          policy.setPolicy(mine);
          local.set(mine);
        },
      });
    },
  });
}

/** What another plugin of the portal sends, to this plugin and, misled, to another. */
function pluginTokensPlugin(
  onTokens: (tokens: Record<string, string>) => void,
) {
  return createBackendPlugin({
    pluginId: 'tester',
    register(env) {
      env.registerInit({
        deps: { auth: coreServices.auth },
        async init({ auth }) {
          const make = async (targetPluginId: string) => {
            const onBehalfOf = await auth.getOwnServiceCredentials();
            return (
              await auth.getPluginRequestToken({ onBehalfOf, targetPluginId })
            ).token;
          };
          onTokens({
            plugin: await make('callboard'),
            misled: await make('catalog'),
          });
        },
      });
    },
  });
}

async function writeFiles(
  folder: string,
  files: Record<string, string>,
): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}
