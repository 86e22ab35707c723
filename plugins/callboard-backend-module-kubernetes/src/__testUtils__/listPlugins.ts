import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { eventually, freePort } from '@callboard/testing';
import { KubernetesPlugin } from '../KubernetesPlugin';
import { FakeKubernetesPlugin } from './FakeKubernetesPlugin';

export interface StartedPlugin {
  plugin: KubernetesPlugin;
  stop(): Promise<void>;
}

export interface PluginKind {
  kind: string;
  /** `describe`, or `describe.skip` where this machine lacks it. */
  describeOn: typeof describe | typeof describe.skip;
  /** With clusters by name: where their API servers are, and a token for them. */
  start(
    clusters: Record<string, { url: string; token: string }>,
  ): Promise<StartedPlugin>;
}

const startFake: PluginKind['start'] = async clusters => {
  const fake = await FakeKubernetesPlugin.start(clusters);
  return {
    plugin: new KubernetesPlugin({
      ...fake.services,
      now: Date.now,
    }),
    stop: () => fake.stop(),
  };
};

/** Our small plugin, and Backstage's own where CALLBOARD_KUBERNETES_PLUGIN names a folder in which it is installed. */
export function listPlugins(): PluginKind[] {
  const folder = process.env.CALLBOARD_KUBERNETES_PLUGIN;
  return [
    { kind: 'our small one', describeOn: describe, start: startFake },
    folder === undefined
      ? {
          kind: "Backstage's (skipped: CALLBOARD_KUBERNETES_PLUGIN is not set)",
          describeOn: describe.skip,
          start: () =>
            Promise.reject(new Error('CALLBOARD_KUBERNETES_PLUGIN is not set')),
        }
      : {
          kind: "Backstage's",
          describeOn: describe,
          start: clusters => startReal(folder, clusters),
        },
  ];
}

const TOKEN = 'token-of-the-callboard-plugin-1234';

/** In a process of its own, as it finds its libraries in its own folder. */
async function startReal(
  folder: string,
  clusters: Parameters<PluginKind['start']>[0],
): Promise<StartedPlugin> {
  const port = await freePort();
  const baseUrl = `http://127.0.0.1:${port}`;
  const home = await mkdtemp(join(tmpdir(), 'kubernetes-plugin-'));
  const config = join(home, 'app-config.json');
  await writeFile(config, JSON.stringify(configOf(port, clusters)));
  const child = spawn(
    process.execPath,
    [join(__dirname, 'runKubernetesPlugin.cjs'), folder, '--config', config],
    { cwd: folder, stdio: ['pipe', 'ignore', 'inherit'] },
  );
  const exited = new Promise(resolve => child.once('exit', resolve));
  const plugin = new KubernetesPlugin({
    auth: mockServices.auth.mock({
      getOwnServiceCredentials: async () => mockCredentials.service(),
      getPluginRequestToken: async () => ({ token: TOKEN }),
    }),
    discovery: {
      getBaseUrl: async id => `${baseUrl}/api/${id}`,
      getExternalBaseUrl: async id => `${baseUrl}/api/${id}`,
    },
    now: Date.now,
  });
  await eventually('the plugin answers', () => plugin.listClusters());
  return {
    plugin,
    stop: async () => {
      child.kill();
      await exited;
      await rm(home, { recursive: true });
    },
  };
}

function configOf(
  port: number,
  clusters: Parameters<PluginKind['start']>[0],
): object {
  return {
    app: { baseUrl: 'http://127.0.0.1' },
    backend: {
      baseUrl: `http://127.0.0.1:${port}`,
      listen: { host: '127.0.0.1', port },
      database: { client: 'better-sqlite3', connection: ':memory:' },
      auth: {
        externalAccess: [
          { type: 'static', options: { token: TOKEN, subject: 'callboard' } },
        ],
      },
    },
    kubernetes: {
      serviceLocatorMethod: { type: 'multiTenant' },
      clusterLocatorMethods: [
        {
          type: 'config',
          clusters: Object.entries(clusters).map(([name, { url, token }]) => ({
            name,
            url,
            authProvider: 'serviceAccount',
            serviceAccountToken: token,
            skipTLSVerify: true,
          })),
        },
      ],
    },
  };
}
