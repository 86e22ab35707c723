import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { digestFolder } from './digestFolder';

describe('digestFolder', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'digest-'));
    await mkdir(join(folder, 'b'));
    await writeFile(join(folder, 'b', 'run.sh'), 'exit 0\n', { mode: 0o755 });
    await writeFile(join(folder, 'a.txt'), 'a', { mode: 0o644 });
    await symlink('/etc/passwd', join(folder, 'c'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('is over names, modes and contents in the order of their paths, and follows no link', async () => {
    const text =
      'file a.txt\0-\x001\0afile b/run.sh\0x\x007\0exit 0\nlink c\0/etc/passwd\0';
    expect(await digestFolder(folder)).toBe(
      createHash('sha256').update(text).digest('hex'),
    );
  });

  it('says what it cannot read', async () => {
    await expect(digestFolder(join(folder, 'nothing'))).rejects.toThrow(
      /ENOENT/,
    );
  });
});
