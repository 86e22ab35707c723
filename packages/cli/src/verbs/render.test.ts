import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { MemoryIo } from '../__testUtils__/MemoryIo';
import { runCommand } from '../runCommand';

type Files = Record<string, string | Uint8Array>;

async function run(args: string, files: Files = {}) {
  const io = new MemoryIo(files);
  const code = await runCommand(`render ${args}`.split(' '), io);
  return { code, out: io.outLines.join('\n'), err: io.errLines.join('\n') };
}

/** What is printed, as JSON: `Kind/name`, and the objects themselves by that. */
async function objectsOf(args: string, files: Files) {
  const { code, out, err } = await run(`${args} -o json`, files);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const { items } = JSON.parse(out);
  const named: Array<[string, any]> = items.map((object: any) => [
    `${object.kind}/${object.metadata.name}`,
    object,
  ]);
  return { names: named.map(([name]) => name), by: Object.fromEntries(named) };
}

const score = (name = 'web', image = 'nginx:1', more = '') =>
  `apiVersion: score.dev/v1b1\nmetadata: { name: ${name} }\ncontainers: { main: { image: ${image} } }\n${more}`;
const app = (spec: string) =>
  `apiVersion: callboard.dev/v1alpha1\nkind: App\nmetadata: { name: shop }\nspec: ${spec}\n`;
const platform = (kind: string, name: string, spec: string, labels = '') =>
  `apiVersion: callboard.dev/v1alpha1\nkind: ${kind}\nmetadata: { name: ${name}${labels} }\nspec: ${spec}\n`;
const PORT = 'service: { ports: { www: { port: 80 } } }\n';
const DATABASE = 'resources: { db: { type: postgres } }\n';

describe('callboard render', () => {
  it('prints what a score.yaml alone becomes, sorted by kind and name', async () => {
    const files = { 'score.yaml': score('web', 'nginx:1', PORT) };
    const { names, by } = await objectsOf('-f score.yaml', files);
    expect(names).toEqual([
      'Deployment/web',
      'Namespace/web--dev',
      'NetworkPolicy/web',
      'Service/web',
      'ServiceAccount/web',
    ]);
    expect(by['Deployment/web'].spec.replicas).toBe(1);
    expect(by['Service/web'].spec.type).toBe('ClusterIP');
  });

  it('prints the same as YAML, and twice the same', async () => {
    const files = { 'score.yaml': score('web', 'nginx:1', PORT) };
    const { out } = await run('-f score.yaml', files);
    const json = await run('-f score.yaml --output json', files);
    expect(parseAllDocuments(out).map(each => each.toJS())).toEqual(
      JSON.parse(json.out).items,
    );
    expect((await run('-f score.yaml', files)).out).toBe(out);
  });

  it('takes what the environment, the cluster and app.yaml say', async () => {
    const files = {
      'score.yaml': score('web', 'nginx:1', PORT),
      'report.score.yaml': score('report', '.'),
      'app.yaml': app(
        '{ deploy: { report: { kind: CronJob, schedule: "30 4 * * *" } }, environments: [{ name: prod, overrides: [{ clusters: { matchLabels: { size: large } }, replicas: 5 }] }] }',
      ),
      'prod.yaml': platform(
        'Environment',
        'prod',
        '{ order: 2, placement: {}, replicas: 2 }',
      ),
      'dev.yaml': platform('Environment', 'dev', '{ order: 1, placement: {} }'),
      'eu.yaml': platform(
        'Cluster',
        'eu',
        '{ exposure: { type: LoadBalancer } }',
        ', labels: { size: large }',
      ),
    };
    const args =
      '-f score.yaml -f report.score.yaml --app app.yaml -f prod.yaml -f dev.yaml --image main=registry.example/it:2';
    const { names, by } = await objectsOf(
      `${args} --environment prod --cluster eu.yaml`,
      files,
    );
    expect(names).toEqual([
      'CronJob/report',
      'Deployment/web',
      'Namespace/shop--prod',
      'NetworkPolicy/report',
      'NetworkPolicy/web',
      'PodDisruptionBudget/web',
      'Service/web',
      'ServiceAccount/report',
      'ServiceAccount/web',
    ]);
    expect(by['Deployment/web'].spec.replicas).toBe(5);
    expect(by['Service/web'].spec.type).toBe('LoadBalancer');
    expect(by['Deployment/web'].spec.template.spec.containers[0].image).toBe(
      'registry.example/it:2',
    );

    const anywhere = await objectsOf(`${args} --environment prod`, files);
    expect(anywhere.by['Deployment/web'].spec.replicas).toBe(2);
    const first = await objectsOf(args, files);
    expect(first.names).toContain('Namespace/shop--dev');
  });

  it('gives containers the variables of their environment and cluster', async () => {
    const files = {
      'score.yaml': score().replace(
        'image: nginx:1',
        'image: nginx:1, variables: { A: own, B: own }',
      ),
      'app.yaml': app(
        '{ environments: [{ name: prod, overrides: [{ clusters: {}, variables: { web: { main: { B: "${metadata.name}" } } } }, { clusters: { matchLabels: { region: us } }, variables: { web: { main: { C: us } } } }] }] }',
      ),
      'us.yaml': platform('Cluster', 'us', '{}', ', labels: { region: us }'),
    };
    const variables = async (more: string) => {
      const { by } = await objectsOf(
        `-f score.yaml --app app.yaml --environment ${more}`,
        files,
      );
      const [{ env }] = by['Deployment/web'].spec.template.spec.containers;
      return env.map((each: any) => `${each.name}=${each.value}`).join(' ');
    };
    expect(await variables('dev')).toBe('A=own B=own');
    expect(await variables('prod')).toBe('A=own B=web');
    expect(await variables('prod --cluster us.yaml')).toBe('A=own B=web C=us');
  });

  describe('with docs/examples/overrides', () => {
    const EXAMPLE = resolve(__dirname, '../../../../docs/examples/overrides');
    const files = Object.fromEntries(
      ['app.yaml', 'score.yaml', 'platform.yaml'].map(name => [
        name,
        readFileSync(resolve(EXAMPLE, name), 'utf8'),
      ]),
    );

    it.each([
      {
        cluster: 'eu',
        resources: {
          limits: { memory: '1Gi' },
          requests: { cpu: '50m', memory: '512Mi' },
        },
        replicas: undefined,
        nodeSelector: { pool: 'web' },
        tolerations: undefined,
        autoscaler: {
          minReplicas: 3,
          maxReplicas: 20,
          behavior: { scaleDown: { stabilizationWindowSeconds: 600 } },
        },
      },
      {
        cluster: 'tower',
        resources: {
          limits: { memory: '512Mi' },
          requests: { cpu: '50m', memory: '512Mi' },
        },
        replicas: 1,
        nodeSelector: {},
        tolerations: [
          { key: 'example.com/edge', operator: 'Exists', effect: 'NoSchedule' },
        ],
        autoscaler: undefined,
      },
    ])(
      'patches what runs on $cluster, with its amounts and autoscaling',
      async ({ cluster, resources, replicas, autoscaler, ...scheduled }) => {
        const { by } = await objectsOf(
          `--app app.yaml -f platform.yaml --cluster ${cluster}`,
          files,
        );
        const { spec } = by['Deployment/web'];
        const [main] = spec.template.spec.containers;
        expect(spec.replicas).toBe(replicas);
        expect(spec.strategy).toEqual({
          rollingUpdate: { maxSurge: 1, maxUnavailable: 0 },
        });
        expect(main.resources).toEqual(resources);
        expect(main.livenessProbe).toMatchObject({
          httpGet: { path: '/healthz' },
          initialDelaySeconds: 20,
        });
        const { terminationGracePeriodSeconds, nodeSelector, tolerations } =
          spec.template.spec;
        expect(terminationGracePeriodSeconds).toBe(90);
        expect({ nodeSelector, tolerations }).toEqual(scheduled);
        const { minReplicas, maxReplicas, behavior } =
          by['HorizontalPodAutoscaler/web']?.spec ?? {};
        expect({ minReplicas, maxReplicas, behavior }).toEqual(
          autoscaler ?? {},
        );
      },
    );

    it('is refused where the platform allows less, with the line and whom to ask', async () => {
      const { code, err } = await run(
        '--app app.yaml -f platform.yaml --cluster eu',
        {
          ...files,
          'platform.yaml': files['platform.yaml']
            .replace('      - Pod.spec.tolerations\n', '')
            .replace('memory: 1Gi', 'memory: 800Mi'),
        },
      );
      expect(code).toBe(1);
      expect(err).toContain('app.yaml:14');
      expect(err).toContain(
        'it is 1Gi, and the environment "prod" allows a container 800Mi',
      );
      expect(err).toContain('app.yaml:45');
      expect(err).toContain(
        'the environment "prod" does not let apps patch "Pod.spec.tolerations"',
      );
      expect(err).toContain('ask the platform team');
    });
  });

  it('renders the workloads that app.yaml lists, with the files they mount', async () => {
    const files = {
      'a/app.yaml': app('{ workloads: [web.score.yaml] }'),
      'a/web.score.yaml':
        'apiVersion: score.dev/v1b1\nmetadata: { name: web }\ncontainers: { main: { image: nginx, files: { /a: { source: ./a.conf }, /b: { source: b.bin } } } }\n',
      'a/a.conf': 'name ${metadata.name}\n',
      'a/b.bin': new Uint8Array([0, 255]),
    };
    const { by } = await objectsOf('--app a/app.yaml', files);
    const config = by['ConfigMap/web-files'];
    expect(Object.values(config.data)).toEqual(['name web\n']);
    expect(Object.values(config.binaryData)).toEqual(['AP8=']);
  });

  it('chooses among provisioners by the cluster, as the portal does', async () => {
    const files = {
      'score.yaml': score(
        'web',
        'nginx:1',
        'resources: { jobs: { type: queue } }\n',
      ),
      'platform.yaml': [
        platform(
          'Provisioner',
          'queues',
          '{ type: queue, objects: [{ apiVersion: v1, kind: ConfigMap, metadata: { name: "${name}" }, data: { on: "${cluster.name}" } }] }',
        ),
        platform('Cluster', 'eu', '{}'),
        platform('Cluster', 'us', '{}'),
      ].join('---\n'),
    };
    const { by, names } = await objectsOf(
      '-f score.yaml -f platform.yaml --cluster us',
      files,
    );
    const made = names.find(name => name.startsWith('ConfigMap/web-jobs'))!;
    expect(by[made].data).toEqual({ on: 'us' });
    expect(await run('-f score.yaml -f platform.yaml', files)).toMatchObject({
      code: 2,
      err: expect.stringContaining('Say which cluster with --cluster: eu, us'),
    });
  });

  it('names the keys of Secrets, and prints no value', async () => {
    const files = { 'score.yaml': score('web', 'nginx:1', DATABASE) };
    const { by } = await objectsOf('-f score.yaml', files);
    const secret = by['Secret/callboard-secrets'];
    expect(secret.metadata.annotations['callboard.dev/secret-keys']).toMatch(
      /^web-db-[0-9a-f]{8}\.password=\d+$/,
    );
    expect(Object.keys(secret)).not.toContain('data');
  });

  it('renders as a former version did', async () => {
    const { names } = await objectsOf('-f score.yaml --renderer 1', {
      'score.yaml': score(),
    });
    expect(names).toEqual(['Deployment/web', 'Namespace/web--dev']);
  });

  it('refuses what a push would be refused for, in the words of check', async () => {
    const files = {
      'score.yaml': score(
        'web',
        'nginx:1',
        'resources: { api: { type: nope } }\n',
      ),
      'platform.yaml': platform('Cluster', 'eu', '{}'),
    };
    const checked = new MemoryIo(files);
    await runCommand(['check', 'score.yaml', 'platform.yaml'], checked);
    const { code, out, err } = await run(
      '-f score.yaml -f platform.yaml',
      files,
    );
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toBe(checked.outLines.join('\n'));
  });

  it('asks for the image that a build would make', async () => {
    const { code, out, err } = await run('-f score.yaml', {
      'score.yaml': score('web', '.'),
    });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('Say which image it is: --image web/main=IMAGE');
  });

  it('says where an environment divides its replicas', async () => {
    const files = {
      'score.yaml': score(),
      'prod.yaml': platform(
        'Environment',
        'prod',
        '{ order: 1, replicas: 6, placement: { replicaScheduling: { replicaSchedulingType: Divided } } }',
      ),
    };
    const all = await run('-f score.yaml -f prod.yaml', files);
    expect(all.out).toContain('replicas: 6');
    expect(all.err).toContain('divides its replicas over clusters');
    const share = await run('-f score.yaml -f prod.yaml --replicas 2', files);
    expect(share.out).toContain('replicas: 2');
    expect(share.err).toBe('');
  });

  it.each([
    ['', 'See: callboard render --help'],
    ['-f score.yaml --image main', 'is not of the form container=image'],
    ['-f score.yaml --image other=x', 'names no container; there are web/main'],
    [
      '-f score.yaml -f prod.yaml --environment x',
      'There is no environment "x", only prod',
    ],
    ['-f score.yaml --environment a--b', 'is no name of an environment'],
    [
      '-f score.yaml --cluster nowhere',
      'There is no file or cluster "nowhere"',
    ],
    ['-f score.yaml --cluster prod.yaml', 'prod.yaml holds no Cluster'],
    ['-f score.yaml --app prod.yaml', 'prod.yaml holds no App'],
    ['-f prod.yaml', 'Which workloads?'],
    ['-f score.yaml --renderer 99', '--renderer 99 is not known'],
    ['-f score.yaml --output text', '--output can be yaml or json'],
    ['-f nowhere.yaml', 'Cannot read nowhere.yaml'],
  ])('takes "%s" for a usage error', async (args, message) => {
    const { code, out, err } = await run(args, {
      'score.yaml': score(),
      'prod.yaml': platform(
        'Environment',
        'prod',
        '{ order: 1, placement: {} }',
      ),
    });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
  });

  it('reads standard input', () => {
    const bin = resolve(__dirname, '../../bin/callboard');
    const { status, stdout } = spawnSync(
      process.execPath,
      [bin, 'render', '-f', '-', '-o', 'json'],
      { input: score(), encoding: 'utf8' },
    );
    expect(status).toBe(0);
    expect(JSON.parse(stdout).items).toHaveLength(4);
  });
});
