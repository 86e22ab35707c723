import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const PACKAGE = resolve(__dirname, '..');
const SCORE =
  'apiVersion: score.dev/v1b1\nmetadata: { name: web }\ncontainers: { main: { image: nginx } }\n';

/** As `npm pack` and a person with nothing but its tarball would have it. */
describe('the packed command line', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'callboard-packed-'));
    run(process.execPath, [join(PACKAGE, 'bin/callboard'), '--help']); // bundles
    const copy = join(folder, 'copy');
    for (const name of ['bin', 'dist', 'package.json', 'README.md'])
      cpSync(join(PACKAGE, name), join(copy, name), { recursive: true });
    run(process.execPath, ['bin/withoutSources.cjs'], copy);
    run('npm', ['pack', '--ignore-scripts', '--pack-destination', '..'], copy);
    const [tarball] = readdirSync(folder).filter(name => name.endsWith('tgz'));
    run('tar', ['-xf', tarball], folder);
    rmSync(copy, { recursive: true });
    mkdirSync(join(folder, 'empty'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function run(command: string, args: string[], cwd = folder, input = '') {
    const { status, stdout, stderr } = spawnSync(command, args, {
      cwd,
      input,
      encoding: 'utf8',
    });
    return { status, text: `${stdout}${stderr}` };
  }

  const callboard = (line: string, input = '') =>
    run(
      process.execPath,
      [join(folder, 'package/bin/callboard'), ...line.split(' ')],
      join(folder, 'empty'),
      input,
    );

  it('holds the programs and nothing that is only for this checkout', () => {
    expect(readdirSync(join(folder, 'package')).sort()).toEqual([
      'README.md',
      'bin',
      'dist',
      'package.json',
    ]);
    expect(readdirSync(join(folder, 'package/bin'))).toEqual(['callboard']);
    expect(readdirSync(join(folder, 'package/dist')).sort()).toEqual([
      'callboard.cjs',
      'check.cjs',
      'judge.cjs',
    ]);
    const text = run('cat', ['package/package.json']).text;
    expect(Object.keys(JSON.parse(text))).not.toContain('dependencies');
  });

  it.each([
    { line: '--version', status: 0, says: '0.1.0' },
    { line: 'check -', status: 0, says: '1 file, 0 errors' },
    { line: 'render -f - --output json', status: 0, says: '"Deployment"' },
    { line: 'schema app', status: 0, says: 'App of Callboard' },
    { line: 'diff before after', status: 1, says: '"nginx" -> "nginx:2"' },
    { line: 'check nowhere.yaml', status: 2, says: 'there is no such file' },
    { line: 'chek', status: 2, says: 'did you mean "check"?' },
  ])('$line ends with $status', ({ line, status, says }) => {
    for (const [side, image] of [
      ['before', 'nginx'],
      ['after', 'nginx:2'],
    ]) {
      mkdirSync(join(folder, 'empty', side), { recursive: true });
      writeFileSync(
        join(folder, 'empty', side, 'score.yaml'),
        SCORE.replace('nginx', `'${image}'`),
      );
    }
    const answer = callboard(line, SCORE);
    expect(answer).toEqual({
      status,
      text: expect.stringContaining(says),
    });
  });

  it('refuses a file that a push would refuse', () => {
    const { status, text } = callboard(
      'check -',
      SCORE.replace('image', 'imgae'),
    );
    expect(status).toBe(1);
    expect(text).toContain('did you mean `image`?');
  });
});
