import {
  createControlPlane,
  migrateStore,
} from '@callboard/plugin-callboard-control-plane';
import { join } from 'node:path';
import { eventually } from '@callboard/testing';
import { TestPortal } from '../__testUtils__/TestPortal';

const CATALOG = join(__dirname, '../../../../catalog');
const SCORE = `apiVersion: score.dev/v1b1
metadata:
  name: web
containers:
  web:
    image: nginx:1.29
`;
const APP = `apiVersion: callboard.dev/v1alpha1
kind: App
metadata: { name: another-app }
spec: {}
`;

jest.setTimeout(60_000);

/** What can be known before the branch moves, judged by the control plane itself with the platform's own files. */
describe('pushes that are refused', () => {
  let portal: TestPortal;

  beforeAll(async () => {
    portal = await TestPortal.start({
      factory: { migrate: migrateStore, create: createControlPlane },
      config: { platform: [CATALOG], git: { followSeconds: 1 } },
    });
  });

  afterAll(() => portal.stop());

  const repositories = () =>
    portal.deps.revisions as unknown as { list(): Promise<string[]> };

  it.each<[string, Record<string, string>, string[]]>([
    ['no score.yaml', { 'server.js': '' }, ['score.yaml']],
    [
      'invalid YAML',
      { 'score.yaml': `${SCORE}  other: [` },
      ['score.yaml, line 7'],
    ],
    [
      'an unknown field',
      { 'score.yaml': SCORE.replace('image:', 'imago:') },
      ['score.yaml, line 6', 'did you mean `image`?'],
    ],
    [
      'a wrong type',
      { 'score.yaml': `${SCORE}    command: run\n` },
      ['score.yaml, line 7', 'containers.web.command'],
    ],
    [
      'an unknown resource',
      {
        'score.yaml': `${SCORE}    variables: { A: "\${resources.db.host}" }\n`,
      },
      ['db'],
    ],
    [
      'an unknown placeholder',
      { 'score.yaml': `${SCORE}    variables: { A: "\${nonsense.name}" }\n` },
      ['nonsense'],
    ],
    ['a YAML bomb', { 'score.yaml': yamlBomb() }, ['score.yaml']],
    [
      'deep YAML',
      { 'score.yaml': `a: ${'['.repeat(50_000)}${']'.repeat(50_000)}` },
      ['score.yaml'],
    ],
    [
      'a missing file',
      {
        'score.yaml': `${SCORE}    files: { /etc/x: { source: missing.txt } }\n`,
      },
      ['missing.txt'],
    ],
    [
      'invalid app.yaml',
      {
        'score.yaml': SCORE,
        'app.yaml': APP.replace('spec: {}', 'spec: { replicas: 3 }'),
      },
      ['app.yaml, line 4', 'spec.replicas'],
    ],
    [
      'the app.yaml of another app',
      { 'score.yaml': SCORE, 'app.yaml': APP },
      ['another-app'],
    ],
    [
      'an owner who is somebody else',
      {
        'score.yaml': SCORE,
        'app.yaml': APP.replace('{}', '{ owner: "group:default/others" }'),
      },
      ['group:default/others'],
    ],
    [
      'a missing workload',
      {
        'score.yaml': SCORE,
        'app.yaml': APP.replace('{}', '{ workloads: [deploy/web.yaml] }'),
      },
      ['deploy/web.yaml'],
    ],
  ])('%s', async (name, files, said) => {
    const app = name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
    const named = name.startsWith('the app.yaml of')
      ? files
      : replaceIn(files, 'another-app', app);
    const result = await portal.push(app, named);
    expect(result.output).toContain('[remote rejected] main -> main');
    const text = result.remote.join(' ').replace(/ +/g, ' ');
    for (const words of [...said, 'next:']) expect(text).toContain(words);
    await eventually('nothing is left of it', async () =>
      expect(await repositories().list()).toEqual([]),
    );
  });

  it('a workload that app.yaml names is taken, by whatever name', async () => {
    const appFile = APP.replace('another-app', 'listed').replace(
      '{}',
      '{ workloads: [./deploy/web.yaml] }',
    );
    const result = await portal.push('listed', {
      'deploy/web.yaml': SCORE,
      'app.yaml': appFile,
    });
    expect(result.output).toContain('[new branch]      main -> main');
    expect(await repositories().list()).toEqual(['listed']);
  });
});

function replaceIn(
  files: Record<string, string>,
  what: string,
  by: string,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => [path, text.replace(what, by)]),
  );
}

function yamlBomb(): string {
  const levels = Array.from(
    { length: 20 },
    (_, n) => `l${n + 1}: &l${n + 1} [${Array(9).fill(`*l${n}`).join(', ')}]`,
  );
  return `l0: &l0 [x]\n${levels.join('\n')}\n`;
}
