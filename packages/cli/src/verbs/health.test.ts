import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { MemoryIo } from '../__testUtils__/MemoryIo';
import { runCommand } from '../runCommand';

const SITUATIONS = resolve(
  __dirname,
  '../../../../plugins/callboard-core/src/health/__fixtures__/situations',
);

/** Runs a command line on files that only exist here. */
function run(args: string, files: Record<string, string> = {}) {
  const io = new MemoryIo(files);
  const code = runCommand(args.split(' ').filter(Boolean), io);
  return {
    code,
    out: io.outLines.join('\n'),
    err: io.errLines.join('\n'),
  };
}

const POD = `apiVersion: v1
kind: Pod
metadata: { name: web-1, namespace: shop--dev, labels: { callboard.dev/app: shop, callboard.dev/environment: dev } }
spec: { restartPolicy: Always, containers: [{ name: web, image: "shop:1" }] }
status:
  phase: Running
  containerStatuses:
    - name: web
      ready: false
      restartCount: 2
      state: { waiting: { reason: CrashLoopBackOff } }
      lastState: { terminated: { exitCode: 3, startedAt: "2026-11-20T11:58:59Z", finishedAt: "2026-11-20T11:59:00Z" } }
`;
const SETTINGS =
  'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\n';
const RULES = `apiVersion: callboard.dev/v1alpha1
kind: HealthRules
metadata: { name: ours }
spec: { rules: [{ kinds: [example.com/Database], checks: ["Healthy if .status.mood=good", Degraded] }] }
`;
const DATABASE =
  'apiVersion: example.com/v1\nkind: Database\nmetadata: { name: db }\nstatus: { mood: good }\n';

describe('callboard health', () => {
  it('answers one line of JSON for each object, in their order', () => {
    const { code, out } = run('health -f a.yaml -o json', {
      'a.yaml': `${POD}---\n${SETTINGS}`,
    });
    expect(code).toBe(0);
    expect(out.split('\n').map(line => JSON.parse(line))).toEqual([
      {
        apiVersion: 'v1',
        kind: 'Pod',
        namespace: 'shop--dev',
        name: 'web-1',
        status: 'Degraded',
        reason: 'CrashLoopBackOff',
        message: 'It keeps ending; the cluster waits before it starts it again',
      },
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        namespace: null,
        name: 'settings',
        status: null,
        reason: null,
        message: null,
      },
    ]);
  });

  it('is text for people', () => {
    expect(
      run('health -f -', {
        '-': `kind: List\nitems:\n- ${JSON.stringify({
          apiVersion: 'v1',
          kind: 'Secret',
          metadata: { name: 's' },
        })}\n- ${JSON.stringify({
          apiVersion: 'v1',
          kind: 'Namespace',
          metadata: { name: 'n', namespace: 'x' },
        })}\n`,
      }).out,
    ).toBe('-            Secret s\nHealthy      Namespace x/n: It is there');
  });

  it('says nothing about nothing', () => {
    expect(run('health -f a.yaml', { 'a.yaml': '' })).toEqual({
      code: 0,
      out: '',
      err: '',
    });
  });

  it('takes objects that lack everything', () => {
    expect(
      run('health -f a.yaml', { 'a.yaml': '{}\n---\nmetadata: 5\nkind: [a]\n' })
        .out,
    ).toBe('-             \n-             ');
  });

  it('reads JSON in a row, one per line or one after the other', () => {
    const pod = (name: string) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name },
    });
    const texts = ['a', 'b"}', 'c'].map(pod);
    for (const text of [
      texts.map(one => JSON.stringify(one)).join('\n'),
      texts.map(one => JSON.stringify(one, undefined, 2)).join('\n'),
    ]) {
      const { code, out } = run('health -f a -o json', { a: text });
      expect(code).toBe(0);
      expect(out.split('\n').map(line => JSON.parse(line).name)).toEqual([
        'a',
        'b"}',
        'c',
      ]);
    }
  });

  it.each([
    ['{"kind":"Pod"} x', 'Cannot read a'],
    ['{"kind":"Pod"} "x"', 'Cannot read a'],
    ['{"kind":"Pod"}]', 'Cannot read a'],
    ['{"kind":"Pod"}{"a"', 'Cannot read a'],
    ['"text"', 'a holds something that is not an object: "text"'],
    [`["x"] [5]`, ''],
  ])('says what is no list of objects: %s', (text, err) => {
    const result = run('health -f a', { a: text });
    expect(result.code).toBe(err === '' ? 0 : 2);
    expect(result.err).toContain(err);
  });

  it('keeps every place of a list, whatever stands there', () => {
    const items = [
      null,
      'text',
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: {
          name: 'a',
          namespace: [1],
          labels: { x: 5 },
          ownerReferences: 'nobody',
        },
        status: 'well',
      },
      {
        kind: 'List',
        items: [
          {
            apiVersion: 'v1',
            kind: 'Pod',
            metadata: {
              name: 'b',
              ownerReferences: [null, { kind: 'ReplicaSet', name: 'r' }],
            },
            status: { conditions: 5 },
          },
        ],
      },
      {
        apiVersion: 'batch/v1',
        kind: 'Job',
        metadata: { name: 'c' },
        status: { conditions: [{ type: 'Failed', status: { toString: 1 } }] },
      },
      {
        apiVersion: { toString: 1 },
        kind: { toString: 1 },
        metadata: { name: 1e308 },
      },
    ];
    const text = JSON.stringify({ kind: 'List', items });
    const { code, out } = run('health -f a -o json', { a: text });
    expect(code).toBe(0);
    expect(out.split('\n').map(line => JSON.parse(line).name)).toEqual([
      '',
      '',
      'a',
      'b',
      'c',
      '',
    ]);
    expect([0, 1]).toContain(run('explain -f a --events a', { a: text }).code);
  });

  it('takes rules of the platform', () => {
    const files = { 'a.yaml': DATABASE, 'rules.yaml': RULES };
    expect(run('health -f a.yaml', files).out).toBe(
      'Healthy      Database db: It is there and reports no trouble',
    );
    expect(run('health -f a.yaml --rules rules.yaml', files).out).toBe(
      'Healthy      Database db: It is ready',
    );
  });

  it.each([
    {
      name: 'no file',
      args: 'health',
      files: {},
      err: '-f is missing: which objects?',
    },
    {
      name: 'a file that is not there',
      args: 'health -f a.yaml',
      files: {},
      err: 'Cannot read a.yaml',
    },
    {
      name: 'no YAML',
      args: 'health -f a.yaml',
      files: { 'a.yaml': 'a: [' },
      err: 'a.yaml',
    },
    {
      name: 'rules that are none',
      args: 'health -f a.yaml --rules a.yaml',
      files: { 'a.yaml': SETTINGS },
      err: 'Cannot read the platform file',
    },
    {
      name: 'a rule without checks',
      args: 'health -f a.yaml --rules r.yaml',
      files: {
        'a.yaml': SETTINGS,
        'r.yaml': RULES.replace(/, checks: \[.*?\]/, ''),
      },
      err: 'spec.rules[0].checks',
    },
    {
      name: 'a file of the platform that is no rules',
      args: 'health -f a.yaml --rules r.yaml',
      files: {
        'a.yaml': SETTINGS,
        'r.yaml': `${RULES.replace('HealthRules', 'ClusterSet').replace(
          /spec: .*/,
          'spec: {}',
        )}`,
      },
      err: 'r.yaml: ClusterSet "ours" is not of kind HealthRules',
    },
    {
      name: 'a check nobody can read',
      args: 'health -f a.yaml --rules r.yaml',
      files: {
        'a.yaml': SETTINGS,
        'r.yaml': RULES.replace('Degraded]', 'Great]'),
      },
      err: 'Cannot read the health rule "Great"',
    },
  ])('refuses $name', ({ args, files, err }) => {
    const result = run(args, files as Record<string, string>);
    expect(result.code).toBe(2);
    expect(result.err).toContain(err);
  });
});

describe('callboard explain, for objects', () => {
  const read = (folder: string, name: string) =>
    readFileSync(join(SITUATIONS, folder, name), 'utf8');

  it('tells the finding as the page would', () => {
    expect(
      run('explain -f a.yaml --logs out.txt', {
        'a.yaml': POD,
        'out.txt': 'no database\npassword=hunter2\n',
      }),
    ).toEqual({
      code: 1,
      err: '',
      out: [
        'shop cannot start in dev: it ends with exit code 3 right after start.',
        '  Exit code: 3',
        '  Ended: 3 times',
        '  Last lines of output:',
        '    no database',
        '    password=***',
        '  Since 2026-11-20T11:59:00.000Z, 1 min ago',
        '  Certain: reported by the cluster',
        'Next: See its last lines of output, correct what they say, and push again.',
      ].join('\n'),
    });
  });

  it('reads the events beside the objects', () => {
    const folder = 'readiness-status-500.probe-failed';
    const { code, out } = run('explain -f objects.yaml --events events.yaml', {
      'objects.yaml': read(folder, 'objects.yaml'),
      'events.yaml': read(folder, 'events.yaml'),
    });
    expect(code).toBe(1);
    expect(out).toContain(
      'shop does not get ready in dev: its readiness check gets status 500 from /fail on port 8080.',
    );
  });

  it('finds events among the objects too', () => {
    const folder = 'quota-of-cpu.quota-exceeded';
    const { out } = run('explain -f objects.yaml -f events.yaml -o json', {
      'objects.yaml': read(folder, 'objects.yaml'),
      'events.yaml': read(folder, 'events.yaml'),
    });
    expect(
      JSON.parse(out).findings.map(({ code }: { code: string }) => code),
    ).toEqual(['quota-exceeded']);
  });

  it('says so where nothing is wrong', () => {
    const folder = 'serves.healthy';
    expect(
      run('explain -f objects.yaml', {
        'objects.yaml': read(folder, 'objects.yaml'),
      }),
    ).toMatchObject({
      code: 0,
      out: 'Nothing wrong was found. shop is healthy: 2 of 2 instances are ready.',
    });
  });

  it('calls things by their own names where Callboard did not apply them', () => {
    const plain =
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: blog, namespace: web }\nstatus: { conditions: [{ type: Progressing, reason: ProgressDeadlineExceeded }] }\n';
    expect(run('explain -f a.yaml', { 'a.yaml': plain }).out).toContain(
      'blog is stuck in web: 0 of 1 instance of the new release got ready.',
    );
    expect(run('explain -f a.yaml', { 'a.yaml': SETTINGS }).out).toBe(
      'Nothing wrong was found. settings is healthy: It is there.',
    );
  });
});
