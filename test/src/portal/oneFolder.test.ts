import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { JournalEntry } from '@callboard/plugin-callboard-common';
import { Portal } from '../../browser/support/Portal';
import {
  WITHOUT_CLUSTERS,
  describePortal,
  writeConfig,
} from './describePortal';

const BACKEND = join(__dirname, '../../../packages/backend');

describePortal('portals on one data folder', () => {
  let folder: string;
  let config: string;
  let first: Portal;
  let second: Portal;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'callboard-one-'));
    config = writeConfig(folder, WITHOUT_CLUSTERS);
    const dataDir = join(folder, 'data');
    first = await Portal.create({ configs: [config], dataDir });
    second = await Portal.create({ configs: [config], dataDir });
  });

  afterAll(async () => {
    await first?.stop();
    await second?.stop();
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  it('are one at a time, also after kill -9 of npm start', async () => {
    await first.start();
    const former = await first.backendPid();
    await first.killStarter();
    await second.start();
    expect(isAlive(former)).toBe(false);
    expect(existsSync(`/proc/${await second.backendPid()}`)).toBe(true);
    expect(holders()).toHaveLength(1);
  }, 180_000);

  it('go on at once after kill -9 of the portal, under another name', async () => {
    const [before] = holders();
    const token = await second.signIn();
    await second.kill();
    await second.start();
    expect(holders()).toEqual([expect.not.stringMatching(before)]);
    // A page that stayed open asks on with the token that it has.
    const answer = await fetch(`${second.url}/api/callboard/v1/apps`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(answer.status).toBe(200);
  }, 180_000);

  it('are refused by the backend itself, no matter who starts it', async () => {
    const { code, output } = await startBackend();
    expect(output).toMatch(
      /Callboard cannot start\nthe backend: .*The data folder .* is in use by process \d+\. Stop it/,
    );
    expect(code).toBe(1);
    const { status } = await second.api('/fleet');
    expect(status).toBe(200);
  }, 180_000);

  it('tell what programs did as what programs did', async () => {
    const made = await second.api('/apps', {
      method: 'POST',
      body: {
        name: 'made',
        owner: 'user:development/guest',
        // Nothing to build: there is no builder here.
        files: {
          'score.yaml': JSON.stringify({
            apiVersion: 'score.dev/v1b1',
            metadata: { name: 'made' },
            containers: { web: { image: 'registry.example/made:1' } },
          }),
        },
      },
    });
    expect(made.status).toBe(201);
    const { body } = await second.api<{ items: JournalEntry[] }>(
      '/journal?app=made',
    );
    expect(
      body.items.map(({ action, actor }) => `${action} by ${actor}`),
    ).toEqual(
      expect.arrayContaining(['app.created by program:development/guest']),
    );
    expect(body.items.filter(({ actor }) => /^user:/.test(actor))).toEqual([]);
  }, 180_000);

  it('are refused by npm start', async () => {
    await expect(first.start()).rejects.toThrow(
      /The data folder .* is in use by process \d+\. Stop it, or choose another folder with --data/,
    );
  }, 180_000);

  /** Who holds leases that have not run out. */
  function holders(): string[] {
    const database = new DatabaseSync(
      join(folder, 'data/database/callboard.sqlite'),
      { readOnly: true },
    );
    try {
      return database
        .prepare('select distinct holder from leases where expires_at > ?')
        .all(Date.now())
        .map(({ holder }) => String(holder));
    } finally {
      database.close();
    }
  }

  async function startBackend(): Promise<{ code: number; output: string }> {
    const other = await Portal.create({ dataDir: join(folder, 'data') });
    const address = writeConfig(mkdtempSync(join(folder, 'other-')), {
      backend: { listen: { port: other.port } },
    });
    const files = [
      join(BACKEND, '../../app-config.yaml'),
      join(folder, 'data/app-config.runtime.json'),
      config,
      address,
    ];
    const child = spawn(
      process.execPath,
      [
        '--require',
        '@backstage/cli-node/config/nodeTransform.cjs',
        'src/index.ts',
        ...files.flatMap(file => ['--config', file]),
      ],
      { cwd: BACKEND, env: { ...process.env, NODE_ENV: 'production' } },
    );
    let output = '';
    child.stderr.on('data', chunk => {
      output += chunk;
    });
    child.stdout.resume();
    const [code] = (await once(child, 'close')) as [number];
    return { code, output };
  }
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
