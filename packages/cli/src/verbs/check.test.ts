import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { MemoryIo } from '../__testUtils__/MemoryIo';
import type { Finding } from '../check/Finding';
import { WorkerJudge } from '../check/WorkerJudge';
import { runCommand } from '../runCommand';

async function run(
  args: string,
  files: Record<string, string | Uint8Array> = {},
) {
  const io = new MemoryIo(files);
  const code = await runCommand(`check ${args}`.split(' '), io);
  return { code, out: io.outLines, err: io.errLines.join('\n') };
}

async function findingsOf(
  files: Record<string, string | Uint8Array>,
): Promise<string[]> {
  const { out } = await run(`${Object.keys(files).join(' ')} -o json`, files);
  return out.map(line => {
    const finding: Finding = JSON.parse(line);
    const { file, line: at, severity, why, next } = finding;
    return `${severity} ${file}:${at} ${why}. ${next}`;
  });
}

const score = (name = 'web', more = '') =>
  `apiVersion: score.dev/v1b1\nmetadata:\n  name: ${name}\ncontainers:\n  web:\n    image: nginx\n${more}`;
const app = (more = '') =>
  `apiVersion: callboard.dev/v1alpha1\nkind: App\nmetadata: { name: shop }\nspec: {${more}}\n`;
const environment = (name: string, spec = 'order: 1, placement: {}') =>
  `apiVersion: callboard.dev/v1alpha1\nkind: Environment\nmetadata: { name: ${name} }\nspec: { ${spec} }\n`;
const PORT = 'service: { ports: { www: { port: 80 } } }\n';
const CALLS_API =
  'resources: { api: { type: service-port, params: { workload: api } } }\n';

describe('callboard check', () => {
  it('finds nothing in good files of every kind', async () => {
    const files = {
      'score.yaml': score(),
      'app.yaml': app(),
      'platform/dev.yaml': environment('dev'),
      'list.json': JSON.stringify({
        kind: 'List',
        items: [
          {
            apiVersion: 'callboard.dev/v1alpha1',
            kind: 'Cluster',
            metadata: { name: 'one' },
            spec: {},
          },
        ],
      }),
    };
    expect(await run(Object.keys(files).join(' '), files)).toEqual({
      code: 0,
      out: ['4 files, 0 errors, 0 warnings'],
      err: '',
    });
  });

  it('says where, what, why, and what to write instead', async () => {
    const text = score('web', '    comand: [x]\n');
    const { code, out } = await run('-f a/score.yaml -o json', {
      'a/score.yaml': text,
    });
    expect(code).toBe(1);
    expect(out.map(line => JSON.parse(line))).toEqual([
      {
        file: 'a/score.yaml',
        line: 7,
        column: 5,
        path: 'containers.web.comand',
        severity: 'error',
        what: 'Cannot read the workload a/score.yaml, line 7',
        why: 'containers.web.comand: `comand` is not a field; did you mean `command`?',
        next: 'Rename it to `command`',
      },
    ]);
    const { out: lines } = await run('a/score.yaml', { 'a/score.yaml': text });
    expect(lines.join('\n')).toBe(
      [
        'a/score.yaml:7:5: error: Cannot read the workload a/score.yaml, line 7: containers.web.comand: `comand` is not a field; did you mean `command`?',
        '  Rename it to `command`',
        '1 file, 1 error, 0 warnings',
      ].join('\n'),
    );
  });

  it.each([
    {
      name: 'warns of older spellings, and is content',
      files: {
        'score.yaml': score(
          'web',
          '    files:\n    - { target: /a, content: b }\n',
        ),
      },
      expected: [
        'warning score.yaml:7 containers.web.files: a list with "target" is the older form. Write a map whose keys are the targets',
      ],
    },
    {
      name: 'judges the files of an app together',
      files: { 'app.yaml': app(), 'a/score.yaml': score('web', CALLS_API) },
      expected: [
        'error a/score.yaml:7 resources.api.params.workload: must name a workload of this app. Use one of "web"',
      ],
    },
    {
      name: 'knows the other workloads of an app',
      files: {
        'score.yaml': score('web', CALLS_API),
        'api/score.yaml': score('api', PORT),
      },
      expected: [],
    },
    {
      name: 'keeps apps apart by their app.yaml',
      files: {
        'one/app.yaml': app(),
        'one/score.yaml': score('web', CALLS_API),
        'two/app.yaml': app(),
        'two/score.yaml': score('api', PORT),
      },
      expected: [
        'error one/score.yaml:7 resources.api.params.workload: must name a workload of this app. Use one of "web"',
      ],
    },
    {
      name: 'takes more workloads than an app may have for many apps',
      files: Object.fromEntries(
        Array.from({ length: 51 }, (_, i) => [`${i}/score.yaml`, score()]),
      ),
      expected: [],
    },
    {
      name: 'refuses an app of more workloads than a push may bring',
      files: Object.fromEntries([
        ['app.yaml', app()],
        ...Array.from({ length: 51 }, (_, i) => [
          `${i}/score.yaml`,
          score(`web-${i}`),
        ]),
      ]),
      expected: [
        'error app.yaml:null it holds 51 score files, at most 50 are read. Split the app, or move example files elsewhere',
      ],
    },
    {
      name: 'tells files apart however they are written',
      files: {
        'a.yaml': `# comment\n---\nmetadata: { name: Web }\ncontainers: { web: { image: a } }\napiVersion: score.dev/v1b1\n`,
        'b.json': '{"kind":"App","apiVersion":"callboard.dev/v1"}',
        'c.yaml': 'apiVersion: callboard.dev/v1\nkind: Cluster\n',
        'score.yaml': 'a: [',
      },
      expected: [
        expect.stringMatching(/^error a.yaml:3 metadata.name: /),
        expect.stringMatching(/^error b.json:1 metadata: is missing/),
        expect.stringMatching(/^error b.json:1 spec: is missing/),
        expect.stringMatching(/^error b.json:1 apiVersion: /),
        expect.stringMatching(/^error c.yaml:1 apiVersion: /),
        expect.stringMatching(/^error c.yaml:1 metadata: is missing/),
        expect.stringMatching(/^error c.yaml:1 spec: is missing/),
        expect.stringMatching(/^error score.yaml:/),
      ],
    },
    {
      name: 'looks for files that are mounted',
      files: {
        'app/app.yaml': app(),
        'app/score.yaml': score(
          'web',
          '    files: { /a: { source: a.txt } }\n',
        ),
        'app/api.score.yaml': score(
          'api',
          '    files: { /b: { source: ./score.yaml } }\n',
        ),
      },
      expected: [
        'error app/score.yaml:7 the revision does not hold it. Commit the file, or correct "source" in the score file',
      ],
    },
    {
      name: 'names every faulty document of a file of the platform',
      files: {
        'platform.yaml': `${environment(
          'dev',
          'order: x, placement: {}',
        )}---\n${environment(
          'prod',
          'oder: 1, placement: {}',
        )}---\n${environment('qa').replace('Environment', 'Enviroment')}`,
      },
      expected: [
        'error platform.yaml:4 spec.order: must be a number, but is text. Correct the value',
        'error platform.yaml:9 spec.oder: `oder` is not a field; did you mean `order`?. Rename it to `order`',
        expect.stringMatching(
          /^error platform.yaml:12 kind: must be one of .*Write "Environment"$/,
        ),
      ],
    },
    {
      name: 'lists every fault of a file, each at its line',
      files: {
        'score.yaml': `apiVersion: score.dev/v1b1
metadata: { name: Web }
containers:
  web:
    image: 1
    comand: [x]
    a: 1
    b: 2
service: { ports: { www: { port: 80, protocol: tcp } } }
`,
      },
      expected: [
        expect.stringMatching(/^error score.yaml:2 metadata.name: must have/),
        'error score.yaml:5 containers.web.image: must be text, but is a number. Put the value in quotes',
        'error score.yaml:6 containers.web.comand: `comand` is not a field; did you mean `command`?. Rename it to `command`',
        'error score.yaml:7 containers.web.a: `a` is not a field here. Remove "a", or correct the spelling',
        'error score.yaml:8 containers.web.b: `b` is not a field here. Remove "b", or correct the spelling',
        'error score.yaml:9 service.ports.www.protocol: must be one of "TCP", "UDP". Write "TCP"',
      ],
    },
    {
      name: 'counts faults that are too many to list',
      files: {
        'score.yaml': score(
          'web',
          Array.from({ length: 62 }, (_, i) => `x${i}: 1\n`).join(''),
        ),
      },
      expected: [
        ...Array.from({ length: 50 }, (_, i) =>
          expect.stringMatching(
            new RegExp(`^error score.yaml:${7 + i} .*\`x${i}\` is not`),
          ),
        ),
        'error score.yaml:null … and 12 more faults in this file. Correct those above, and check again',
      ],
    },
    {
      name: 'counts no further than fifty faults of an app',
      files: {
        'score.yaml': score(
          'web',
          `    variables:\n${Array.from(
            { length: 60 },
            (_, i) => `      X${i + 100}: \${resources.x}\n`,
          ).join('')}`,
        ),
      },
      expected: [
        ...Array.from({ length: 50 }, (_, i) =>
          expect.stringContaining(`error score.yaml:${8 + i} `),
        ),
        'error score.yaml:null … and more faults in these files. Correct those above, and check again',
      ],
    },
    {
      name: 'lists every fault of an app, in the order of its files',
      files: {
        'app.yaml': app(' deploy: { wbe: {} } '),
        'score.yaml': score(
          'web',
          '    variables:\n      B: ${resources.b}\n      A: ${metadata.nam}\n    files: { /a: { source: a.txt } }\n',
        ),
        'api/score.yaml': score(
          'api',
          '    volumes: { /a: { source: data } }\n',
        ),
      },
      expected: [
        'error app.yaml:4 spec.deploy.wbe: no workload of this app is called "wbe". Write "web"',
        expect.stringMatching(/^error score.yaml:8 .*"\$\{resources.b\}"/),
        expect.stringMatching(/^error score.yaml:9 .*did you mean "name"/),
        expect.stringMatching(/^error score.yaml:10 the revision does not/),
        expect.stringMatching(/^error api\/score.yaml:7 .*"data" is not a vol/),
      ],
    },
    {
      name: 'misses nothing that a faulty file of the app may have',
      files: {
        'app.yaml': app(' deploy: { api: {} } '),
        'score.yaml': score('web', CALLS_API),
        'api/score.yaml': score('api', 'prots: {}\n'),
      },
      expected: [expect.stringContaining('error api/score.yaml:7 ')],
    },
    {
      name: 'knows the folder of an app whose app.yaml is faulty',
      files: {
        'shop/app.yaml': app(' ower: x '),
        'shop/score.yaml': score(
          'web',
          '    files: { /a: { source: app.yaml } }\n',
        ),
      },
      expected: [expect.stringContaining('error shop/app.yaml:4 ')],
    },
    {
      name: 'misses score files that app.yaml lists',
      files: {
        'app.yaml': app(' workloads: [score.yaml, api.yaml] '),
        'score.yaml': score(),
      },
      expected: [
        'error app.yaml:4 app.yaml lists it, and the revision holds no such score file. Commit the file under a name that ends in score.yaml, or take it off spec.workloads',
      ],
    },
    {
      name: 'takes score files that app.yaml does not list for none of its app',
      files: {
        'app.yaml': app(' workloads: [score.yaml], deploy: { api: {} } '),
        'score.yaml': score(),
        'old/score.yaml': score('api'),
      },
      expected: [expect.stringContaining('is called "api"')],
    },
    {
      name: 'judges an app by the environments of its platform',
      files: {
        'app.yaml': app(
          ' environments: [{ name: qa, promotion: { from: no } }] ',
        ),
        'dev.yaml': environment('dev'),
      },
      expected: [expect.stringContaining('error app.yaml:4 ')],
    },
    {
      name: 'names each environment of an app that its platform does not allow',
      files: {
        'app.yaml': app().replace(
          'spec: {}',
          'spec:\n  environments:\n    - { name: qa }\n    - { name: late, promotion: { from: qa } }\n    - { name: dev, promotion: { from: no } }\n    - { name: own }',
        ),
        'dev.yaml': environment('dev'),
      },
      expected: [6, 8, 9].map(line =>
        expect.stringContaining(`error app.yaml:${line} `),
      ),
    },
    {
      name: 'warns of resources that it knows nobody to give',
      files: {
        'score.yaml': score('web', 'resources: { xx: { type: mainframe } }\n'),
      },
      expected: [expect.stringMatching(/^warning score.yaml:7 .*"mainframe"/)],
    },
    {
      name: 'refuses resources that a platform does not give',
      files: {
        'dev.yaml': environment('dev'),
        'score.yaml': score('web', 'resources: { xx: { type: mainframe } }\n'),
      },
      expected: [expect.stringMatching(/^error score.yaml:7 .*"mainframe"/)],
    },
    {
      name: 'reads text only',
      files: { 'score.yaml': Uint8Array.of(0xff, 0xfe, 0) },
      expected: [
        'error score.yaml:null it is not UTF-8 text. Save score.yaml as UTF-8',
      ],
    },
  ])('$name', async ({ files, expected }) => {
    expect(
      await findingsOf(files as unknown as Record<string, string | Uint8Array>),
    ).toEqual(expected);
  });

  it('ends with 2 when it is asked for nothing, or for a file that is not there', async () => {
    expect(await run('')).toMatchObject({ code: 2 });
    expect(await run('-o json')).toMatchObject({
      code: 2,
      err: 'Which files?\nSee: callboard check --help',
    });
    expect(await run('gone.yaml')).toMatchObject({
      code: 2,
      err: 'Cannot read gone.yaml\nSee: callboard check --help',
    });
  });
});

describe('the program', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'callboard-check-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('refuses hostile files and goes on with the next', () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${Array.from(
      { length: 9 },
      (_, i) => `b${i}: &b${i} [${`*${i ? `b${i - 1}` : 'a'},`.repeat(9)}]`,
    ).join('\n')}\n`;
    const files: Record<string, string> = {
      'bomb.yaml': bomb,
      'deep.yaml': '{a: '.repeat(100_000),
      'large.yaml': 'a'.repeat(100_000_000),
      'twice.yaml': 'a: 1\na: 2\n',
      'nul.yaml': 'a: \0\n',
      'proto.yaml': '__proto__: {}\n',
      'score.yaml': score(),
    };
    const paths = Object.entries(files).map(([name, text]) => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    });
    const { status, stdout } = spawnSync(
      process.execPath,
      [
        resolve(__dirname, '../../bin/callboard'),
        'check',
        ...paths,
        '-o',
        'json',
      ],
      { encoding: 'utf8' },
    );
    expect(status).toBe(1);
    expect(
      stdout
        .trim()
        .split('\n')
        .map(line => JSON.parse(line).why),
    ).toEqual([
      'anchors are used more than 200 times',
      expect.stringContaining('nested more than 50'),
      expect.stringContaining('95.4 MiB'),
      'the key "a" is given twice',
      expect.stringContaining('U+0000'),
      'the key "__proto__" is not allowed',
    ]);
  });

  it('ends a thread that does not answer, and asks another one', async () => {
    const program = join(folder, 'slow.js');
    writeFileSync(
      program,
      `const { parentPort } = require('worker_threads');
      parentPort.on('message', ({ file }) => {
        while (file === 'slow');
        parentPort.postMessage({ kind: 'faulty', findings: [] });
      });
      parentPort.postMessage('ready');`,
    );
    const judge = new WorkerJudge(program, { textMs: 500 });
    const slow = judge.text('slow', '');
    const waiting = judge.text('quick', 'asked while another is in work');
    let turns = 0;
    const turning = setInterval(() => (turns += 1), 10);
    expect((await slow).findings).toMatchObject([
      { file: 'slow', why: expect.stringContaining('takes longer') },
    ]);
    clearInterval(turning);
    expect(turns).toBeGreaterThan(10);
    expect((await waiting).findings).toEqual([]);
    expect((await judge.text('quick', '')).findings).toEqual([]);
    await judge.close();
  });

  it('has many files judged by several threads, each in its place', async () => {
    const program = join(folder, 'many.js');
    writeFileSync(
      program,
      `const { parentPort, threadId } = require('worker_threads');
      parentPort.on('message', ({ file }) =>
        parentPort.postMessage({ kind: 'faulty', of: file, findings: [threadId] }));
      parentPort.postMessage('ready');`,
    );
    const judge = new WorkerJudge(program, { mostThreads: 2 });
    const files = Array.from({ length: 300 }, (_, index) => `file ${index}`);
    const verdicts = await Promise.all(files.map(file => judge.text(file, '')));
    expect(
      verdicts.map(verdict => verdict.kind === 'faulty' && verdict.of),
    ).toEqual(files);
    expect(new Set(verdicts.map(({ findings }) => findings[0])).size).toBe(2);
    await judge.close();
  });

  it('fails where its program is not there', async () => {
    const judge = new WorkerJudge(join(folder, 'nowhere.js'));
    await expect(judge.text('a', '')).rejects.toThrow('nowhere.js');
    await judge.close();
  });

  it('takes a file from standard input', () => {
    const { status, stdout } = spawnSync(
      process.execPath,
      [resolve(__dirname, '../../bin/callboard'), 'check', '-'],
      { encoding: 'utf8', input: score('Web') },
    );
    expect([status, stdout.split(' line ')[0]]).toEqual([
      1,
      'standard input:3:3: error: Cannot read the workload standard input,',
    ]);
  });
});

describe('callboard check with blueprints of cluster sets', () => {
  const document = (kind: string, name: string, spec: string, labels = '') =>
    `apiVersion: callboard.dev/v1alpha1\nkind: ${kind}\nmetadata: { name: ${name}${labels} }\nspec: { ${spec} }\n`;
  const files = {
    'clusters/eu.yaml': document(
      'Cluster',
      'eu',
      '',
      ', labels: { env: edge }',
    ),
    'clustersets/a.yaml': document(
      'ClusterSet',
      'a',
      'clusterSelector: { matchLabels: { env: edge } }, blueprint: edge',
    ),
  };

  it('names both files of two that contradict each other', async () => {
    expect(await findingsOf(files)).toEqual([]);
    expect(
      await findingsOf({
        ...files,
        'clustersets/b.yaml': document(
          'ClusterSet',
          'b',
          'clusterSelector: { matchLabels: { env: edge } }, blueprint: { name: edge, channel: stable }',
        ),
      }),
    ).toEqual([
      'error clusters/eu.yaml:null cluster set "a" (clustersets/a.yaml): "edge", and cluster set "b" (clustersets/b.yaml): "edge, channel stable"; it runs none. Say "blueprint" in the file of "eu", or take one of the two away',
    ]);
  });
});

describe('callboard check with policies', () => {
  const policy = (
    mode: string,
    match = '',
  ) => `apiVersion: callboard.dev/v1alpha1
kind: Policy
metadata: { name: no-latest }
spec:
  mode: ${mode}
  match: { ${match} }
  validations:
    - expression: "object.kind != 'Deployment' || object.spec.template.spec.containers.all(c, c.image.contains(':'))"
      message: An image has no tag
      next: Name a version of it
`;
  const CLUSTERS = ['dev', 'prod']
    .map(
      env =>
        `apiVersion: callboard.dev/v1alpha1\nkind: Cluster\nmetadata: { name: ${env}-1, labels: { env: ${env} } }\nspec: {}\n`,
    )
    .join('---\n');
  const on = (env: string) =>
    `placement: { predicates: [{ requiredClusterSelector: { labelSelector: { matchLabels: { env: ${env} } } } }] }`;
  const files = (text: string) => ({
    'score.yaml': score(),
    'app.yaml': app(),
    'platform/dev.yaml': environment('dev', `order: 1, ${on('dev')}`),
    'platform/prod.yaml': environment('prod', `order: 2, ${on('prod')}`),
    'platform/clusters.yaml': CLUSTERS,
    'platform/policy.yaml': text,
  });

  it('says what a push would be refused for, and what an environment behind will refuse', async () => {
    const why =
      'the policy "no-latest" denies it: An image has no tag (Deployment web). Name a version of it, or ask the platform team for an exception from "no-latest" for';
    expect(await findingsOf(files(policy('deny')))).toEqual([
      `error score.yaml:null ${why} "shop/dev"`,
      `warning score.yaml:null ${why} "shop/prod"`,
    ]);
    const onProd = 'clusters: { matchLabels: { env: prod } }';
    expect(await findingsOf(files(policy('deny', onProd)))).toEqual([
      `warning score.yaml:null ${why} "shop/prod"`,
    ]);
    expect(
      await findingsOf(files(policy('warn', 'environments: [dev]'))),
    ).toEqual([
      'warning score.yaml:null An image has no tag (Deployment web). Name a version of it',
    ]);
    expect(await findingsOf(files(policy('audit')))).toEqual([]);
  });

  it('says which line of a policy does not compile', async () => {
    const text = policy('deny').replace('object.kind', 'objct.kind');
    expect(await findingsOf({ 'policy.yaml': text })).toEqual([
      expect.stringContaining(
        'error policy.yaml:8 spec.validations[0].expression: Unknown variable: objct',
      ),
    ]);
  });
});
