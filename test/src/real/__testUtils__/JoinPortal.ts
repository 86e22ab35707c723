import {
  type AddressInfo,
  type Server,
  type Socket,
  connect,
  createServer,
} from 'node:net';
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
import createKnex, { type Knex } from 'knex';

const CATALOG = join(__dirname, '../../../../catalog');
const DEV = mockCredentials.user.header('user:default/dev');

type Backend = Awaited<ReturnType<typeof startTestBackend>>;

/**
 * The plugin in a Backstage backend of its own, at an address that clusters
 * reach. The address is known before the backend listens: agents are told it.
 */
export class JoinPortal {
  readonly #door: Server;
  readonly #folder: string;
  readonly #knex: Knex;
  readonly url: string;
  readonly #callers = new Set<Socket>();
  #backend: Backend | undefined;
  #port = 0;

  private constructor(host: string, door: Server) {
    this.#folder = mkdtempSync(join(tmpdir(), 'callboard-join-'));
    this.#knex = createKnex({
      client: 'better-sqlite3',
      connection: { filename: join(this.#folder, 'record.sqlite') },
      useNullAsDefault: true,
    });
    this.#door = door;
    this.url = `http://${host}:${(door.address() as AddressInfo).port}`;
    door.on('connection', near => {
      this.#callers.add(near);
      near.on('close', () => this.#callers.delete(near));
      const far = connect(this.#port, '127.0.0.1');
      near.pipe(far).pipe(near);
      near.on('error', () => far.destroy());
      far.on('error', () => near.destroy());
    });
  }

  /** @param callboard - what stands below `callboard` in the configuration */
  static async start(host: string, callboard: object): Promise<JoinPortal> {
    const door = createServer();
    await new Promise<void>(resolve => door.listen(0, host, resolve));
    const portal = new JoinPortal(host, door);
    await portal.restart(callboard);
    return portal;
  }

  /** Ends it, and starts it again with what it has kept, configured differently. */
  async restart(callboard: object): Promise<void> {
    await this.#backend?.stop();
    const { url } = this;
    this.#backend = await startTestBackend({
      features: [
        callboardPlugin,
        catalogServiceMock.factory({ entities: [] }),
        mockServices.database.factory({ knex: this.#knex }),
        mockServices.rootConfig.factory({
          data: {
            app: { baseUrl: url },
            backend: { baseUrl: url },
            callboard: {
              dataDir: this.#folder,
              platform: [CATALOG],
              agentUrl: url,
              ...callboard,
            },
          },
        }),
      ],
    });
    this.#port = (this.#backend.server.address() as AddressInfo).port;
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
    const isJson = answer.headers
      .get('content-type')
      ?.startsWith('application/json');
    const text = await answer.text();
    return {
      status: answer.status,
      body: isJson && text !== '' ? JSON.parse(text) : undefined,
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
    await this.#backend?.stop();
    await this.#knex.destroy();
    for (const socket of this.#callers) socket.destroy();
    await new Promise(resolve => this.#door.close(resolve));
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
