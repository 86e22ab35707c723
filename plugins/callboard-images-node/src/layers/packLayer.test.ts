import {
  chmod,
  mkdir,
  mkdtemp,
  readFile,
  rm,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { digestOf } from '../oci/digestOf';
import { listEntries } from './listEntries';
import { packLayer } from './packLayer';

describe('packLayer', () => {
  let folder: string;
  let ids = 0;
  const options = () => ({
    folder: join(folder, 'blobs'),
    newId: () => String((ids += 1)),
  });

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'layer-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function makeApp(name: string, when: Date): Promise<string> {
    const app = join(folder, name);
    await mkdir(join(app, 'lib'), { recursive: true });
    await writeFile(join(app, 'server.js'), 'console.log("hi")');
    await writeFile(
      join(app, 'lib', `${'long'.repeat(60)}.txt`),
      'x'.repeat(200_000),
    );
    await writeFile(join(app, 'start.sh'), '#!/bin/sh\n', { mode: 0o700 });
    await symlink('server.js', join(app, 'main.js'));
    await utimes(join(app, 'server.js'), when, when);
    return app;
  }

  it('gives the same bytes for the same files, whatever their folder, age and group bits', async () => {
    const one = await makeApp('one', new Date('2020-01-01'));
    const other = await makeApp('other', new Date('2026-11-20'));
    await chmod(join(other, 'server.js'), 0o640);
    const [first, second] = [
      await packLayer(await listEntries(one, 'workspace'), options()),
      await packLayer(await listEntries(other, 'workspace'), options()),
    ];
    expect(second.descriptor).toEqual(first.descriptor);
    expect(second.diffId).toBe(first.diffId);
  });

  it('describes what it wrote', async () => {
    const layer = await packLayer(
      await listEntries(await makeApp('one', new Date()), 'workspace'),
      options(),
    );
    const bytes = await readFile(layer.file);
    expect(layer.descriptor).toEqual({
      mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
      digest: digestOf(bytes),
      size: bytes.length,
    });
    expect(digestOf(gunzipSync(bytes))).toBe(layer.diffId);
  });

  it('changes with one byte of one file', async () => {
    const app = await makeApp('one', new Date());
    const before = await packLayer(
      await listEntries(app, 'workspace'),
      options(),
    );
    await writeFile(join(app, 'server.js'), 'console.log("ho")');
    const after = await packLayer(
      await listEntries(app, 'workspace'),
      options(),
    );
    expect(after.descriptor.digest).not.toBe(before.descriptor.digest);
  });
});
