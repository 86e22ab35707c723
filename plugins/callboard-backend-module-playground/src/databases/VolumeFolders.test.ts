import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@callboard/testing';
import { VolumeFolders } from './VolumeFolders';

const CLAIM = { cluster: 'eu-1', namespace: 'shop--dev', name: 'data-db-0' };

describe('VolumeFolders', () => {
  let folder: string;
  let volumes: VolumeFolders;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'volumes-'));
    volumes = open();
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  function open(): VolumeFolders {
    return new VolumeFolders({
      folder,
      onError: error => {
        throw error;
      },
    });
  }

  async function write(uid: string): Promise<string> {
    const { path, release } = volumes.use({ ...CLAIM, uid });
    await writeFile(join(path, 'row'), 'kept');
    release();
    return path;
  }

  it('keeps what a claim holds, also for another portal', async () => {
    const path = await write('u1');
    volumes = open();
    volumes.keep({ ...CLAIM, uid: 'u1' });
    await volumes.retain('eu-1', new Set(['u1']));
    expect(volumes.use({ ...CLAIM, uid: 'u1' }).path).toBe(path);
    expect(await readdir(path)).toEqual(['row']);
  });

  it('removes it with its claim, and leaves that of others', async () => {
    const gone = await write('u1');
    const other = volumes.use({ ...CLAIM, name: 'data-other-0', uid: 'u2' });
    volumes.keep({ ...CLAIM, uid: undefined });
    await eventually(() => expect(existsSync(gone)).toBe(false));
    expect(existsSync(other.path)).toBe(true);
  });

  it('gives a claim that came again an empty folder', async () => {
    const before = await write('u1');
    const { path } = volumes.use({ ...CLAIM, uid: 'u2' });
    volumes.keep({ ...CLAIM, uid: 'u2' });
    await eventually(() => expect(existsSync(before)).toBe(false));
    expect(await readdir(path)).toEqual([]);
  });

  it('waits with what is in use', async () => {
    const { path, release } = volumes.use({ ...CLAIM, uid: 'u1' });
    await volumes.retain('eu-1', new Set());
    expect(existsSync(path)).toBe(true);
    release();
    await eventually(() => expect(existsSync(path)).toBe(false));
  });

  it('is one user’s at a time', async () => {
    const [one, other] = [1, 2].map(() => volumes.use({ ...CLAIM, uid: 'u1' }));
    await one.free;
    const order: string[] = [];
    const taken = other.free.then(() => order.push('taken'));
    await new Promise(setImmediate);
    order.push('released');
    one.release();
    await taken;
    expect(order).toEqual(['released', 'taken']);
  });

  it('removes what was left of claims that went while nobody looked', async () => {
    const path = await write('u1');
    volumes = open();
    await volumes.retain('us-1', new Set());
    expect(existsSync(path)).toBe(true);
    await volumes.retain('eu-1', new Set());
    expect(await readdir(join(folder, 'eu-1'))).toEqual([]);
  });
});
