import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigReader } from '@backstage/config';
import { FolderLock } from './FolderLock';
import { openDataFolder } from './openDataFolder';
import { readDataDir } from './readDataDir';

/** What FolderLock does, in a process that can be killed. */
const HOLDER = `
  const { DatabaseSync } = require('node:sqlite');
  const database = new DatabaseSync(process.argv[1] + '/data-folder.lock');
  database.exec('pragma locking_mode = exclusive; begin exclusive; commit');
  console.log('locked');
  setInterval(() => {}, 1000);
`;

describe('the data folder', () => {
  let path: string;

  beforeEach(() => {
    path = mkdtempSync(join(tmpdir(), 'callboard-folder-'));
  });

  afterEach(() => rmSync(path, { recursive: true, force: true }));

  const open = (mode: 'exclusive' | 'shared' = 'exclusive', waitMs = 0) =>
    openDataFolder({ path, mode, waitMs });

  it('belongs to one process with an embedded database, until it is closed', async () => {
    const first = await open();
    await expect(open()).rejects.toThrow(
      `The data folder ${path} is in use by process ${process.pid}. Stop it, or choose another folder`,
    );
    await expect(open('shared')).rejects.toThrow('is in use');
    await first.close();
    await (await open()).close();
  });

  it('is shared by processes whose database is a server', async () => {
    const first = await open('shared');
    const second = await open('shared');
    await expect(open()).rejects.toThrow('is in use by another process');
    await first.close();
    await second.close();
    await (await open()).close();
  });

  it('is free at once when the process that has it is killed', async () => {
    const holder = spawn(process.execPath, ['-e', HOLDER, path]);
    try {
      await once(holder.stdout, 'data');
      expect(FolderLock.take(path, 'exclusive')).toBeUndefined();
      const opened = open('exclusive', 60_000); // waits while the other one lives
      holder.kill('SIGKILL');
      await once(holder, 'exit');
      await (await opened).close();
    } finally {
      holder.kill('SIGKILL');
    }
  });

  it('is kept out of the repository around it', async () => {
    await (await open()).close();
    expect(readFileSync(join(path, '.gitignore'), 'utf8')).toBe('*\n');
    await (await open()).close(); // a file that is there already stays
  });

  it('says what is wrong with a folder that cannot be one', async () => {
    await expect(
      openDataFolder({
        path: join(process.execPath, 'data'),
        mode: 'exclusive',
        waitMs: 0,
      }),
    ).rejects.toThrow(/cannot be used: ENOTDIR.*set callboard\.dataDir/);
  });
});

describe('callboard.dataDir', () => {
  it('has a default in development only', () => {
    const none = new ConfigReader({});
    expect(readDataDir(none, 'development')).toBe(join(process.cwd(), '.data'));
    for (const nodeEnv of ['production', 'test', undefined])
      expect(() => readDataDir(none, nodeEnv)).toThrow(
        'callboard.dataDir is not set. Set it to a folder that outlives deployments',
      );
  });

  it('counts from the working folder', () => {
    const config = new ConfigReader({ callboard: { dataDir: 'here' } });
    expect(readDataDir(config, 'production')).toBe(join(process.cwd(), 'here'));
  });
});
