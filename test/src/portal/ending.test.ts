import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SimFleet } from '@callboard/sim';
import { listDescendants, readCommand } from '../../browser/support/processes';
import { Portal } from '../../browser/support/Portal';
import { Repository } from '../../browser/support/Repository';
import { eventually, freePort } from '@callboard/testing';
import { describePortal, writeConfig } from './describePortal';

const ROOT = join(__dirname, '../../..');
const TOKEN = 'of-the-simulated-cluster';
const KEY = 'key-of-the-guest-of-this-test';

describePortal('the backend as create-app starts it', () => {
  let folder: string;
  let fleet: SimFleet;
  let child: ChildProcess;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'callboard-end-'));
    fleet = await SimFleet.listen();
    fleet.addCluster({
      name: 'edge-1',
      nodes: [{ name: 'a', cpu: '4', memory: '8Gi', pods: 50 }],
      token: TOKEN,
    });
  });

  afterAll(async () => {
    child?.kill('SIGKILL');
    await fleet?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('ends in time with a database in memory and a live cluster', async () => {
    const port = await freePort();
    const config = writeConfig(folder, {
      app: { baseUrl: `http://localhost:${port}` },
      backend: { baseUrl: `http://localhost:${port}`, listen: { port } },
      auth: { providers: { guest: { key: KEY } } },
      callboard: {
        dataDir: join(folder, 'data'),
        playground: { enabled: false },
        clusters: [
          {
            name: 'edge-1',
            url: fleet.urlOf('edge-1'),
            token: TOKEN,
            allowPlainHttp: true,
          },
        ],
      },
    });
    // The line of create-app's packages/backend: a database in memory, kept over restarts by the command.
    child = spawn(
      'yarn',
      [
        'backstage-cli',
        'package',
        'start',
        ...['--config', join(ROOT, 'app-config.yaml'), '--config', config],
      ],
      {
        cwd: join(ROOT, 'packages/backend'),
        env: { ...process.env, NODE_ENV: undefined },
      },
    );
    let output = '';
    const hear = (chunk: Buffer) => {
      output += chunk;
    };
    child.stdout!.on('data', hear);
    child.stderr!.on('data', hear);
    const url = `http://localhost:${port}`;
    await eventually(
      'the cluster is live',
      async () => expect(await freshness(url)).toBe('live'),
      90_000,
    );
    const backend = await findBackend(child.pid!);
    process.kill(backend, 'SIGTERM');
    await eventually(
      'the backend has ended',
      async () => expect(existsSync(`/proc/${backend}`)).toBe(false),
      90_000,
    );
    expect(output).not.toContain('Timeout acquiring a connection');
    expect(output).not.toContain('was cut short'); // it ended by itself, in order
  }, 180_000);
});

describePortal('a portal that is told to end while a push waits', () => {
  let portal: Portal;
  let repository: Repository;

  beforeAll(async () => {
    portal = await Portal.create();
    await portal.start();
    repository = await Repository.create({
      'score.yaml': JSON.stringify({
        apiVersion: 'score.dev/v1b1',
        metadata: { name: 'sleeper' },
        containers: { web: { image: '.', command: ['node', 'server.js'] } },
        service: { ports: { web: { port: 80, targetPort: 8080 } } },
      }),
      'server.js': 'setInterval(() => {}, 1_000);',
    });
  }, 180_000);

  afterAll(async () => {
    await portal?.remove();
    await repository?.remove();
  });

  it('says so to who pushed, with the page of the app', async () => {
    const pushed = repository.push(portal.cloneUrl('sleeper'));
    await eventually(
      'its release is there',
      async () => {
        const { body } = await portal.api<{ items?: unknown[] }>(
          '/apps/sleeper/releases',
        );
        expect(body.items).toHaveLength(1);
      },
      60_000,
    );
    await portal.stop();
    const { remote } = await pushed;
    expect(remote.slice(-2)).toEqual([
      'Callboard stopped. The push is stored and continues when Callboard is back',
      `${portal.url}/callboard/apps/sleeper`,
    ]);
  }, 180_000);
});

/** The process that runs packages/backend, below the command that started it. */
async function findBackend(pid: number): Promise<number> {
  for (const each of (await listDescendants(pid)).reverse())
    if (/src\/?(index)?/.test(await readCommand(each))) return each;
  throw new Error('The backend does not run');
}

async function freshness(url: string): Promise<string | undefined> {
  const session = await fetch(`${url}/api/auth/guest/refresh`, {
    method: 'POST',
    headers: { 'x-callboard-key': KEY },
  });
  const { backstageIdentity } = (await session.json()) as {
    backstageIdentity: { token: string };
  };
  const answer = await fetch(`${url}/api/callboard/v1/clusters/edge-1`, {
    headers: { authorization: `Bearer ${backstageIdentity.token}` },
  });
  return ((await answer.json()) as { freshness?: string }).freshness;
}
