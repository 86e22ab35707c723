import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  closeSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Portal } from '../../browser/support/Portal';
import { eventually } from '@callboard/testing';
import {
  WITHOUT_CLUSTERS,
  describePortal,
  writeConfig,
} from './describePortal';
import { canMount, mountSmallDisk, unmountSmallDisk } from './smallDisk';

/** Locks a database until it is killed, or for a while after it is told to. */
const HOLDER = `
  const { DatabaseSync } = require('node:sqlite');
  const database = new DatabaseSync(process.argv[1]);
  database.exec('pragma locking_mode = exclusive; begin exclusive');
  console.log('locked');
  process.stdin.once('data', () => setTimeout(() => process.exit(0), 2000));
`;
const describeMounts = canMount ? describe : describe.skip;

describePortal('npm start', () => {
  let folder: string;
  let portal: Portal;
  let holder: ChildProcess | undefined;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'callboard-start-'));
    portal = await Portal.create({
      configs: [writeConfig(folder, WITHOUT_CLUSTERS)],
      dataDir: join(folder, 'data'),
    });
  });

  afterEach(async () => {
    holder?.kill('SIGKILL');
    holder = undefined;
    await portal.stop();
    unmountSmallDisk(join(folder, 'data'));
    rmSync(folder, { recursive: true, force: true });
  });

  const database = () => join(folder, 'data/database/callboard.sqlite');

  async function lock(): Promise<ChildProcess> {
    mkdirSync(join(folder, 'data/database'), { recursive: true });
    holder = spawn(process.execPath, ['-e', HOLDER, database()]);
    await once(holder.stdout!, 'data');
    return holder;
  }

  it('says that the database is locked', async () => {
    await lock();
    await expect(portal.start()).rejects.toThrow(
      /Callboard cannot start\ncallboard: .*database is locked\nAnother program has the database open/,
    );
  }, 120_000);

  it('waits for a lock that is held briefly', async () => {
    const held = await lock();
    const started = portal.start();
    await eventually(
      'the portal is about to open its database',
      async () =>
        expect(existsSync(join(folder, 'data/portal.owner'))).toBe(true),
      60_000,
    );
    held.stdin!.write('end\n');
    await started;
    expect((await portal.api('/fleet')).status).toBe(200);
  }, 120_000);

  it('says that the database is damaged', async () => {
    mkdirSync(join(folder, 'data/database'), { recursive: true });
    const file = openSync(database(), 'w');
    writeSync(file, Buffer.alloc(8192, 'not a database '));
    closeSync(file);
    await expect(portal.start()).rejects.toThrow(
      /callboard: .*not a database\nThe database file is damaged: move it aside/,
    );
  }, 120_000);

  it('says which module failed', async () => {
    const clusters = join(folder, 'platform/clusters');
    mkdirSync(clusters, { recursive: true });
    writeFileSync(join(clusters, 'bad.yaml'), 'kind: Cluster\nspec: 7\n');
    const config = writeConfig(mkdtempSync(join(folder, 'bad-')), {
      callboard: {
        playground: { enabled: true },
        platform: [join(folder, 'platform')],
      },
    });
    const failing = await Portal.create({
      configs: [config],
      dataDir: join(folder, 'data'),
    });
    await expect(failing.start()).rejects.toThrow(
      /Callboard cannot start\ncallboard, module playground: .*bad\.yaml/,
    );
  }, 120_000);

  describeMounts('on a small disk', () => {
    it('says that the folder cannot be written', async () => {
      mountSmallDisk(join(folder, 'data'), '-o', 'ro');
      await expect(portal.start()).rejects.toThrow(
        /The data folder .* cannot be used: EROFS.* choose another folder with --data/,
      );
    }, 120_000);

    it('says that the disk is full', async () => {
      mountSmallDisk(join(folder, 'data'), '-o', 'size=1m');
      await expect(portal.start()).rejects.toThrow(
        /disk is full: free some space and start again/,
      );
    }, 120_000);
  });
});
