import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { MemoryIo } from '../__testUtils__/MemoryIo';
import { runCommand } from '../runCommand';

async function run(args: string, files: Record<string, string>) {
  const io = new MemoryIo(files);
  const code = await runCommand(`diff ${args}`.split(' '), io);
  return { code, out: io.outLines.join('\n'), err: io.errLines.join('\n') };
}

const score = (image = 'nginx:1', more = '') =>
  `apiVersion: score.dev/v1b1\nmetadata: { name: web }\ncontainers: { main: { image: ${image} } }\n${more}`;
const app = (spec: string) =>
  `apiVersion: callboard.dev/v1alpha1\nkind: App\nmetadata: { name: shop }\nspec: ${spec}\n`;
const environment = (name: string, spec: string) =>
  `apiVersion: callboard.dev/v1alpha1\nkind: Environment\nmetadata: { name: ${name} }\nspec: { ${spec} }\n`;
const cluster = (name: string, env: string) =>
  `apiVersion: callboard.dev/v1alpha1\nkind: Cluster\nmetadata: { name: ${name}, labels: { env: ${env} } }\nspec: {}\n`;
const on = (env: string) =>
  `placement: { predicates: [{ requiredClusterSelector: { labelSelector: { matchLabels: { env: ${env} } } } }] }`;
const PLATFORM = [
  environment('dev', `order: 1, ${on('dev')}`),
  environment('prod', `order: 2, replicas: 2, ${on('prod')}`),
  cluster('dev-1', 'dev'),
  cluster('eu-1', 'prod'),
  cluster('us-1', 'prod'),
].join('---\n');
const IMAGE = 'spec.template.spec.containers[main].image';

describe('callboard diff', () => {
  it('says what would change, object by object and field by field', async () => {
    const { code, out } = await run('old new', {
      'old/score.yaml': score('nginx:1'),
      'new/score.yaml': score(
        'nginx:2',
        'service: { ports: { www: { port: 80 } } }\n',
      ),
    });
    expect(code).toBe(1);
    expect(out.split('\n')).toEqual([
      'dev: 1 added, 2 changed',
      '  ~ Deployment web',
      '      spec.minReadySeconds: gone, was 2',
      `      ${IMAGE}: "nginx:1" -> "nginx:2"`,
      '      spec.template.spec.containers[main].ports: new, [{"containerPort":80,"protocol":"TCP"}]',
      expect.stringMatching(/containers\[main\]\.readinessProbe: new, \{.*\}$/),
      '  ~ NetworkPolicy web',
      '      spec.ingress: new, [{"ports":[{"port":80,"protocol":"TCP"}]}]',
      '  + Service web',
    ]);
  });

  it('ends with 0 where nothing would change, whatever the files look like', async () => {
    const { code, out } = await run('old new', {
      'old/score.yaml': score('.'),
      'new/web.score.yaml': `# said otherwise\n${score('.')}`,
      'new/README.md': 'hello',
    });
    expect({ code, out }).toEqual({ code: 0, out: 'Nothing would change' });
  });

  it('says on which clusters, and tells those together that get the same', async () => {
    const files = {
      'platform.yaml': PLATFORM,
      'old/score.yaml': score('nginx:1'),
      'old/app.yaml': app('{}'),
      'new/score.yaml': score('nginx:1'),
      'new/app.yaml': app('{ environments: [{ name: prod, replicas: 3 }] }'),
    };
    const { code, out } = await run('old new -f platform.yaml', files);
    expect(code).toBe(1);
    expect(out.split('\n')).toEqual([
      'prod on eu-1, us-1: 1 changed',
      '  ~ Deployment web',
      '      spec.replicas: 2 -> 3',
    ]);
    const dev = await run('old new -f platform.yaml --environment dev', files);
    expect(dev).toEqual({ code: 0, out: 'Nothing would change', err: '' });

    const json = await run('old new -f platform.yaml -o json', files);
    expect(JSON.parse(json.out)).toEqual({
      same: false,
      changes: ['eu-1', 'us-1'].map(name => ({
        environment: 'prod',
        cluster: name,
        objects: [
          {
            change: 'changed',
            apiVersion: 'apps/v1',
            kind: 'Deployment',
            namespace: 'shop--prod',
            name: 'web',
            fields: [{ path: 'spec.replicas', before: 2, after: 3 }],
          },
        ],
      })),
    });
  });

  it('says what leaves a cluster and what comes to another', async () => {
    const { out } = await run('old new -f platform.yaml --environment prod', {
      'platform.yaml': PLATFORM,
      'old/score.yaml': score(),
      'old/app.yaml': app(
        `{ environments: [{ name: prod, ${on('nowhere')} }] }`,
      ),
      'new/score.yaml': score(),
      'new/app.yaml': app('{}'),
    });
    expect(out.split('\n')[0]).toBe('prod on eu-1, us-1: 5 added');
    expect(out).toContain('  + Namespace shop--prod');
  });

  it('compares two environments by what they say, and not by their names', async () => {
    const files = {
      'platform.yaml': PLATFORM,
      'shop/score.yaml': score(),
      'shop/app.yaml': app('{}'),
    };
    const { code, out } = await run(
      'shop --environment dev --environment prod -f platform.yaml',
      files,
    );
    expect(code).toBe(1);
    expect(out.split('\n')).toEqual([
      'prod on eu-1, us-1: 1 added, 1 changed',
      '  ~ Deployment web',
      '      spec.replicas: 1 -> 2',
      '  + PodDisruptionBudget web',
    ]);
  });

  it('says what a newer way of rendering changes', async () => {
    const { code, out } = await run('shop --old-renderer 1', {
      'shop/score.yaml': score(),
    });
    expect(code).toBe(1);
    expect(out).toContain('  + NetworkPolicy web');
    expect(out).toContain('spec.template.spec.serviceAccountName: new, "web"');
  });

  it.each([
    ['old', 2, 'With what is it compared?'],
    ['old new more', 2, 'Which two?'],
    ['old --old-renderer 99', 2, '--old-renderer 99 is not known'],
    ['old nowhere', 2, 'There is no folder nowhere'],
    ['old empty', 2, '"empty" holds no score.yaml'],
    ['old new -f old/score.yaml', 2, 'is no file of a platform'],
    ['old bad', 2, 'bad/score.yaml:1'],
    [
      'old --environment a --environment b -f platform.yaml',
      2,
      'There is no environment "b", only dev, prod',
    ],
  ])('ends "%s" with %d', async (args, expected, message) => {
    const { code, out, err } = await run(args, {
      'old/score.yaml': score(),
      'new/score.yaml': score(),
      'empty/README.md': '',
      'bad/score.yaml': 'containers: 1\n',
      'platform.yaml': PLATFORM,
    });
    expect({ code, out }).toEqual({ code: expected, out: '' });
    expect(err).toContain(message);
  });

  it('reads folders and revisions of git', () => {
    const folder = mkdtempSync(join(tmpdir(), 'callboard-diff-'));
    const git = (...args: string[]) =>
      execFileSync('git', args, { cwd: folder, encoding: 'utf8' });
    const diff = (...args: string[]) =>
      spawnSync(
        process.execPath,
        [resolve(__dirname, '../../bin/callboard'), 'diff', ...args],
        { cwd: folder, encoding: 'utf8' },
      );
    try {
      git('init', '--quiet');
      mkdirSync(join(folder, 'shop'));
      writeFileSync(join(folder, 'shop/score.yaml'), score('nginx:1'));
      git('add', '.');
      git(
        '-c',
        'user.name=a',
        '-c',
        'user.email=a@example.com',
        'commit',
        '--quiet',
        '-m',
        'one',
      );
      writeFileSync(join(folder, 'shop/score.yaml'), score('nginx:2'));
      const { status, stdout, stderr } = diff('HEAD:shop', 'shop');
      expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
      expect(stdout).toContain(`${IMAGE}: "nginx:1" -> "nginx:2"`);
      expect(diff('HEAD:shop', 'HEAD:shop').status).toBe(0);
      expect(diff('--', '-x:shop', 'shop')).toMatchObject({ status: 2 });
      expect(diff('nothing:shop', 'shop')).toMatchObject({
        status: 2,
        stderr: expect.stringContaining('Cannot read "nothing:shop": '),
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
