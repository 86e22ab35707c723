import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readProject } from './Project';
import { readRegistryChoices } from './registryChoices';
import { withoutCode, withoutPnpmCode } from './withoutCode';

// A parser that compares each key with every other needs a minute for these, and nothing else runs meanwhile.
const KEYS = Array.from({ length: 60_000 }, (_, i) => `k${i}: {a: 1}\n`);

describe('a project that is made to keep the portal busy', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'project-'));
    await writeFile(join(folder, 'package.json'), '{"name":"shop"}');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('has its settings left unread, and says so', () => {
    const settings = new Map([['.yarnrc.yml', KEYS.join('')]]);
    expect(readRegistryChoices(settings, [])).toEqual({
      scopes: {},
      warnings: [
        '.yarnrc.yml is not used: it is not YAML, or holds more than settings do',
      ],
    });
    expect(withoutPnpmCode(KEYS.join(''))).toBe('{}');
  }, 10_000);

  it('is no package where its package.json is one long text', () => {
    const text = JSON.stringify('x'.repeat(700_000));
    expect(withoutCode(text, { allowScripts: false })).toBe(text);
  });

  it('keeps what pnpm needs of its workspace', () => {
    const yaml =
      'packages:\n  - libs/*\ncatalog:\n  react: ^18.0.0\nconfigDependencies:\n  evil: 1.0.0+sha\n';
    expect(JSON.parse(withoutPnpmCode(yaml))).toEqual({
      packages: ['libs/*'],
      catalog: { react: '^18.0.0' },
    });
  });

  it.each([
    ['package.json', 1025 * 1024, /^it has .+, at most 1 .+ are read$/],
    ['.yarnrc.yml', 65 * 1024, /at most 64 /],
    ['pnpm-workspace.yaml', 65 * 1024, /at most 64 /],
    ['.npmrc', 65 * 1024, /at most 64 /],
    ['package-lock.json', 9 * 1024 ** 2, /at most 8 /],
  ])('is refused where %s has %d bytes', async (file, bytes, why) => {
    await writeFile(join(folder, file), '');
    await truncate(join(folder, file), bytes);
    expect(await readProject(folder, { allowScripts: false })).toMatchObject({
      ok: false,
      problem: {
        code: 'file-too-large',
        what: `Cannot read ${file}`,
        why: expect.stringMatching(why),
        transient: false,
      },
    });
  });
});
