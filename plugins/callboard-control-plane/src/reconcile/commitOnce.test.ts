import { mkdtempSync, rmSync } from 'node:fs';
import { type Server, type Socket, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import knexFactory, { type Knex } from 'knex';
import { appendJournal, listJournal, migrateStore } from '../store';
import { commitOnce } from './commitOnce';

const POSTGRES =
  process.env.BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING;
const describeHere = POSTGRES ? describe : describe.skip;
const AT = new Date('2026-11-20T10:00:00Z');

/** Stands between a client and PostgreSQL and cuts the line around the next COMMIT. */
class Relay {
  cut: 'before' | 'after' | undefined;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  constructor(target: string, path: string) {
    this.#server = createServer(client => {
      const server = connect(target);
      for (const socket of [client, server]) {
        this.#sockets.add(socket);
        socket.on('error', () => {});
      }
      let isCutting = false;
      client.on('data', bytes => {
        if (this.cut && /COMMIT/i.test(bytes.toString('latin1'))) {
          isCutting = true;
          if (this.cut === 'before') {
            client.destroy();
            server.destroy();
          }
        }
        if (!server.destroyed) server.write(bytes);
      });
      server.on('data', bytes => {
        if (!isCutting) {
          client.write(bytes);
          return;
        }
        client.destroy(); // committed, and nobody hears of it
        server.destroy();
      });
      client.on('close', () => server.destroy());
      server.on('close', () => client.destroy());
    });
    this.#server.listen(path);
  }

  close(): void {
    this.#sockets.forEach(socket => socket.destroy());
    this.#server.close();
  }
}

describeHere(
  `a commit that is cut (POSTGRES_15${
    POSTGRES ? '' : ', skipped: see test/postgres.mjs'
  })`,
  () => {
    let folder: string;
    let relay: Relay;
    let knex: Knex;
    let direct: Knex;

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'callboard-cut-'));
      const [address = '', query] = POSTGRES!.split('?');
      const server = new URLSearchParams(query);
      const host = server.get('host')!;
      const port = Number(server.get('port') ?? 5432);
      const user = /\/\/([^:@]+)/.exec(address)?.[1];
      const open = (at: string) =>
        knexFactory({
          client: 'pg',
          connection: { host: at, port, user, database: 'callboard_cut' },
        });
      const admin = knexFactory({
        client: 'pg',
        connection: { host, port, user, database: 'postgres' },
      });
      await admin.raw('drop database if exists callboard_cut');
      await admin.raw('create database callboard_cut');
      await admin.destroy();
      relay = new Relay(
        join(host, `.s.PGSQL.${port}`),
        join(folder, `.s.PGSQL.${port}`),
      );
      direct = open(host);
      knex = open(folder);
      await migrateStore(direct);
    }, 60_000);

    afterAll(async () => {
      await knex?.destroy();
      await direct?.destroy();
      relay?.close();
      rmSync(folder, { recursive: true, force: true });
    });

    afterEach(() => {
      relay.cut = undefined;
    });

    const write = (message: string) =>
      commitOnce({ knex }, async tx => ({
        written: message,
        mark: await appendJournal(tx, [
          { at: AT, actor: 'user:default/ana', action: 'tried', message },
        ]),
      }));

    async function messages(): Promise<string[]> {
      const entries = await listJournal(direct, { limit: 100 });
      return entries.map(entry => entry.message);
    }

    it('succeeds where the database had committed, and is there once', async () => {
      relay.cut = 'after';
      const written = write('heard late');
      await expect(written).resolves.toBe('heard late');
      expect(await messages()).toEqual(['heard late']);
    });

    it('fails where the database had not, and is not there', async () => {
      relay.cut = 'before';
      await expect(write('never arrived')).rejects.toThrow();
      expect(await messages()).not.toContain('never arrived');
      relay.cut = undefined;
      await expect(write('again')).resolves.toBe('again');
    });
  },
);
