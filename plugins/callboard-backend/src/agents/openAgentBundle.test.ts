import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { openAgentBundle } from './openAgentBundle';

jest.setTimeout(30_000);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'callboard-bundle-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('is all that the agent needs: its files alone run anywhere', async () => {
  const bundle = await openAgentBundle();
  for (const [path, bytes] of Object.entries(await bundle.read())) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), bytes);
  }
  const { stderr } = await promisify(execFile)(
    process.execPath,
    [join(folder, bundle.main), '--help'],
    { cwd: folder, env: {} },
  );
  expect(stderr).toContain('connects a cluster to Callboard');
  expect(bundle.version).toMatch(/^\d+\.\d+\.\d+/);
});

it('is the same at every reading', async () => {
  const bundle = await openAgentBundle();
  expect(await bundle.read()).toEqual(await bundle.read());
});
