import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { probeIsolation } from './probeIsolation';

const user =
  process.getuid?.() === 0 ? { uid: 299_999, gid: 299_999 } : undefined;

describe('probeIsolation', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'probe-'));
    await chmod(folder, 0o711);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it.each(['bwrap', 'unshare'] as const)(
    'finds out whether %s works here',
    async program => {
      const found = await probeIsolation({ folder, user, programs: [program] });
      const tried =
        found.kind === 'namespaces' ? found.by : found.why.split(':')[0];
      expect(tried).toBe(program);
      expect(await readdir(folder)).not.toContain(`run-probe-${program}`);
    },
  );
});
