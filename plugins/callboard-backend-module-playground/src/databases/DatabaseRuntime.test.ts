import { existsSync } from 'node:fs';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import {
  type OpenService,
  RunArea,
  ServiceForwarder,
} from '@callboard/plugin-callboard-sandbox-node';
import { type ContainerStart, openConnection } from '@callboard/sim';
import { eventually, freePort, hasNamespaces } from '@callboard/testing';
import type { RunLimits } from '../processes/RunLimits';
import { DatabaseRuntime } from './DatabaseRuntime';
import { findPostgres } from './findPostgres';
import { VolumeFolders } from './VolumeFolders';

jest.setTimeout(120_000);

const START_MS = 60_000; // the first start makes the database
const PASSWORD = 'secret-of-this-test';

const isRoot = process.getuid?.() === 0;

const WAYS = [
  { name: 'by bwrap', programs: ['bwrap'], can: hasNamespaces('bwrap') },
  { name: 'by unshare', programs: ['unshare'], can: hasNamespaces('unshare') },
  // Root without namespaces has no place for it: the last test says so.
  { name: 'as a plain process', programs: [], can: !isRoot },
] as const;

describe.each(WAYS.filter(({ can }) => can))(
  'a database $name',
  ({ programs }) => {
    let folder: string;
    let area: RunArea;
    let volumes: VolumeFolders;
    let runtime: DatabaseRuntime;
    let runtimeOf: (limits: Partial<RunLimits>) => DatabaseRuntime;
    let ids = 0;
    const toEnd: Array<() => Promise<unknown>> = [];

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'databases-'));
      area = await RunArea.open({
        dataDir: folder,
        isRoot: process.getuid?.() === 0,
        programs,
      });
      volumes = new VolumeFolders({
        folder: join(folder, 'volumes'),
        onError: error => {
          throw error;
        },
      });
      const postgres = await findPostgres(area);
      runtimeOf = limits =>
        new DatabaseRuntime({
          postgres,
          area,
          volumes,
          newId: () => `d${(ids += 1)}`,
          limits,
        });
      runtime = runtimeOf({});
    });

    afterEach(async () => {
      await Promise.all(toEnd.splice(0).map(end => end()));
    });

    afterAll(async () => {
      await runtime.stopAll(5_000);
      await area.close();
      await rm(area.folder, { recursive: true, force: true });
      await rm(folder, { recursive: true, force: true });
    });

    const claimOf = (uid: string) => ({
      cluster: 'eu-1',
      namespace: 'shop--dev',
      name: 'data-db-0',
      uid,
    });

    function start(uid: string, password = PASSWORD, by = runtime) {
      const lines: string[] = [];
      const exits: unknown[] = [];
      const container: ContainerStart = {
        cluster: 'eu-1',
        namespace: 'shop--dev',
        pod: 'db-0',
        podUid: uid,
        labels: { 'callboard.dev/app': 'shop' },
        container: 'postgres',
        image: 'docker.io/library/postgres:17',
        env: {
          POSTGRES_DB: 'app',
          POSTGRES_USER: 'app',
          POSTGRES_PASSWORD: password,
        },
        files: {},
        ports: [5432],
        claims: { '/var/lib/postgresql/data': claimOf(uid) },
        onLog: more => lines.push(...more),
        onExit: exit => exits.push(exit),
        onStartFailed: problem => exits.push(problem),
      };
      return { running: by.start(container), lines, exits };
    }

    /** A port of this machine that leads to a database, which may still be starting. */
    async function portOf({
      running,
      lines,
      exits,
    }: ReturnType<typeof start>): Promise<number> {
      await eventually(
        'the database takes connections',
        () =>
          expect([...exits, ...lines].join('\n')).toMatch(
            /^callboard: PostgreSQL \d+\.\d+ runs here, for version 17\n[^]*ready to accept connections$/,
          ),
        START_MS,
      );
      const open: OpenService = () => openConnection(running.addressOf(5432)!);
      const port = await freePort();
      const forwarder = await ServiceForwarder.atPort(
        { host: '127.0.0.1', port },
        open,
      );
      toEnd.push(() => forwarder.close());
      return port;
    }

    async function connect(port: number, more: object = {}): Promise<Client> {
      const client = new Client({
        host: '127.0.0.1',
        port,
        user: 'app',
        password: PASSWORD,
        database: 'app',
        ...more,
      });
      client.on('error', () => undefined);
      await client.connect();
      toEnd.push(() => client.end());
      return client;
    }

    const closeAll = () => Promise.all(toEnd.splice(0).map(end => end()));

    it('serves its app, and keeps what was written when it is killed', async () => {
      const database = start('u1');
      const port = await portOf(database);
      const client = await connect(port);
      const { rows } = await client.query(
        'SELECT current_user AS who, current_database() AS "where"',
      );
      expect(rows).toEqual([{ who: 'app', where: 'app' }]);
      await client.query(
        'CREATE TABLE visits (id serial PRIMARY KEY, name text)',
      );
      await client.query('INSERT INTO visits (name) VALUES ($1)', ['Ada']);

      await expect(
        connect(port, { password: 'guessed' }),
      ).rejects.toMatchObject({
        code: '28P01',
      });
      const beside = await connect(port);
      await client.query('BEGIN');
      await client.query("INSERT INTO visits (name) VALUES ('Nobody')");
      const seen = await beside.query('SELECT name FROM visits');
      expect(seen.rows).toEqual([{ name: 'Ada' }]);
      await closeAll();
      await database.running.stop(0);

      const again = start('u1');
      const reader = await connect(await portOf(again));
      const read = await reader.query('SELECT name FROM visits');
      expect(read.rows).toEqual([{ name: 'Ada' }]);
      await closeAll();
      await again.running.stop(10_000);
      expect(again.exits).toEqual([{ code: 0 }]);
    });

    it('takes another password from the next start on, and tells none', async () => {
      const other = `O'"Reilly $(id) \\`;
      const database = start('u1', other);
      const port = await portOf(database);
      await expect(connect(port)).rejects.toMatchObject({ code: '28P01' });
      const client = await connect(port, { password: other });
      const { rows } = await client.query('SELECT name FROM visits');
      expect(rows).toEqual([{ name: 'Ada' }]);
      const seen = await commandLines();
      expect(seen).toContain('/postgres.sh\0serve\0');
      expect([seen, ...database.lines].join('\n')).not.toContain(other);
      await closeAll();
      await database.running.stop(10_000);
    });

    it('leads nowhere, though its app may do with it what it wants', async () => {
      const secret = join(folder, 'secret');
      await writeFile(secret, 'hush');
      const database = start('u1');
      const client = await connect(await portOf(database));
      const run = async (command: string) => {
        await client.query(
          'CREATE TEMP TABLE IF NOT EXISTS output (line text)',
        );
        await client.query(`COPY output FROM PROGRAM '${command}'`);
        const { rows } = await client.query(
          'DELETE FROM output RETURNING line',
        );
        return rows.map(({ line }) => line);
      };
      const [uid] = await run('id -u');
      // As a user of its own where the portal can become somebody else.
      expect(isRoot ? Number(uid) > 1000 : Number(uid)).toBe(
        isRoot ? true : process.getuid?.(),
      );
      // Without namespaces it is one of the processes that may read all that this one may.
      const isInside = area.isolation.kind === 'namespaces';
      expect(await run(`cat ${secret}`).catch(() => [])).toEqual(
        isInside ? [] : ['hush'],
      );
      await closeAll();
      await database.running.stop(10_000);
    });

    it('is ended when its claim holds more than it may, whenever that was written', async () => {
      const { exits } = start('u1', PASSWORD, runtimeOf({ diskBytes: 1e7 }));
      await eventually('it is ended', () =>
        expect(exits).toEqual([
          expect.objectContaining({
            code: 137,
            message: expect.stringMatching(/^It wrote more than/),
          }),
        ]),
      );
    });

    it('gives another claim another database, and removes it with its claim', async () => {
      const database = start('u2');
      const client = await connect(await portOf(database));
      await expect(client.query('SELECT * FROM visits')).rejects.toMatchObject({
        code: '42P01',
      });
      const { path, release } = volumes.use(claimOf('u2'));
      release();
      await closeAll();
      volumes.keep({ ...claimOf('u2'), uid: 'u1' });
      await database.running.stop(10_000);
      await eventually(() => expect(existsSync(path)).toBe(false));
    });
  },
);

/** Of everything that runs on this machine. */
async function commandLines(): Promise<string> {
  const pids = (await readdir('/proc')).filter(name => /^\d+$/.test(name));
  const lines = await Promise.all(
    pids.map(pid => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
  );
  return lines.join('\n');
}

it('is not run where it could not keep its data', async () => {
  if (!isRoot) return;
  const folder = await mkdtemp(join(tmpdir(), 'databases-'));
  const area = await RunArea.open({
    dataDir: folder,
    isRoot: true,
    programs: [],
  });
  const postgres = await findPostgres(area);
  const runtime = new DatabaseRuntime({
    postgres,
    area,
    volumes: new VolumeFolders({ folder, onError: () => undefined }),
    newId: () => 'd1',
  });
  expect(postgres).toEqual({
    kind: 'missing',
    why: expect.stringContaining('without namespaces'),
  });
  expect(runtime.runs('docker.io/library/postgres:17')).toBe(false);
  await area.close();
  await rm(area.folder, { recursive: true, force: true });
  await rm(folder, { recursive: true, force: true });
});
