import { type AddressInfo, type Server, connect, createServer } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
// These tests stand outside of the packages they are about.
// eslint-disable-next-line @backstage/no-mixed-plugin-imports
import callboardPlugin from '@callboard/plugin-callboard-backend';
import type { App, Cluster } from '@callboard/plugin-callboard-common';

const CATALOG = join(__dirname, '../../../../catalog');
const DEV = mockCredentials.user.header('user:default/dev');

/**
 * The plugin in a Backstage backend of its own, at an address that clusters
 * reach. The address is known before the backend listens: agents are told it.
 */
export class JoinPortal {
  readonly #backend: Awaited<ReturnType<typeof startTestBackend>>;
  readonly #door: Server;
  readonly #folder: string;
  readonly url: string;

  private constructor(parts: {
    backend: Awaited<ReturnType<typeof startTestBackend>>;
    door: Server;
    folder: string;
    url: string;
  }) {
    this.#backend = parts.backend;
    this.#door = parts.door;
    this.#folder = parts.folder;
    this.url = parts.url;
  }

  /** @param callboard - what stands below `callboard` in the configuration */
  static async start(host: string, callboard: object): Promise<JoinPortal> {
    const folder = mkdtempSync(join(tmpdir(), 'callboard-join-'));
    let target = 0;
    const door = createServer(near => {
      const far = connect(target, '127.0.0.1');
      near.pipe(far).pipe(near);
      near.on('error', () => far.destroy());
      far.on('error', () => near.destroy());
    });
    await new Promise<void>(resolve => door.listen(0, host, resolve));
    const url = `http://${host}:${(door.address() as AddressInfo).port}`;
    const backend = await startTestBackend({
      features: [
        callboardPlugin,
        catalogServiceMock.factory({ entities: [] }),
        mockServices.rootConfig.factory({
          data: {
            app: { baseUrl: url },
            backend: { baseUrl: url },
            callboard: {
              dataDir: folder,
              platform: [CATALOG],
              agentUrl: url,
              ...callboard,
            },
          },
        }),
      ],
    });
    target = (backend.server.address() as AddressInfo).port;
    return new JoinPortal({ backend, door, folder, url });
  }

  async ask(method: string, path: string, body?: unknown) {
    const answer = await fetch(`${this.url}/api/callboard/v1${path}`, {
      method,
      headers: {
        authorization: DEV,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    return {
      status: answer.status,
      body: text === '' ? undefined : JSON.parse(text),
    };
  }

  async cluster(name: string): Promise<Cluster> {
    return (await this.ask('GET', `/clusters/${name}`)).body as Cluster;
  }

  async app(name: string): Promise<App> {
    return (await this.ask('GET', `/apps/${name}`)).body as App;
  }

  /** How far a cluster has come: `connected done`. */
  async steps(name: string): Promise<string[]> {
    const { join: joined } = await this.cluster(name);
    return (joined?.steps ?? []).map(
      ({ step, state, message }) =>
        `${step} ${state}${state === 'failed' ? `: ${message}` : ''}`,
    );
  }

  async stop(): Promise<void> {
    await this.#backend.stop();
    await new Promise(resolve => this.#door.close(resolve));
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
