import createKnex, { type Knex } from 'knex';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Io, directJudge, runCommand, nobody } from '@callboard/cli';
import {
  type PlatformFile,
  parsePlatformFiles,
} from '@callboard/plugin-callboard-common';
/* eslint-disable @backstage/no-relative-monorepo-imports */
import { migrateStore } from '../../../plugins/callboard-control-plane/src/store';
import { judgePush } from '../../../plugins/callboard-control-plane/src/usecases/push/judgePush';
/* eslint-enable @backstage/no-relative-monorepo-imports */

/*
 * What a push refuses, `callboard check` refuses before, in the same words; and
 * what it takes, check takes. Only what files do not say is left to the push:
 * the name of the app, who pushes, and what the portal's builders can build.
 */

const ROOT = resolve(__dirname, '../../..');
const PLATFORM: Record<string, string> = {
  ...Object.fromEntries(
    ['dev', 'prod'].map(name => [
      `platform/${name}.yaml`,
      readFileSync(join(ROOT, 'catalog/environments', `${name}.yaml`), 'utf8'),
    ]),
  ),
  'platform/edge.yaml': `apiVersion: callboard.dev/v1alpha1
kind: Environment
metadata: { name: edge }
spec:
  order: 9
  placement: {}
  allows: { patches: [], resources: { max: { cpu: '8', memory: 8Gi } } }
`,
  'platform/queue.yaml': `apiVersion: callboard.dev/v1alpha1
kind: Provisioner
metadata: { name: queue }
spec:
  type: queue
  params: { durable: { oneOf: ['yes', 'no'] } }
  outputs: { host: 'mq.\${environment}' }
`,
};

type Files = Record<string, string>;

const score = (name: string, more = '') =>
  `apiVersion: score.dev/v1b1\nmetadata: { name: ${name} }\ncontainers:\n  main:\n    image: nginx\n${more}`;
const web = (more: string): Files => ({ 'score.yaml': score('web', more) });
const app = (spec: string, files: Files = web('')): Files => ({
  ...files,
  'app.yaml': `apiVersion: callboard.dev/v1alpha1\nkind: App\nmetadata: { name: shop }\nspec: { ${spec} }\n`,
});
const resources = (text: string) => web(`resources: { ${text} }\n`);
const environment = (text: string) => app(`environments: [{ ${text} }]`);
const PORTS = 'service: { ports: { www: { port: 80 } } }\n';

const BAD: Record<string, Files> = {
  'no YAML': { 'score.yaml': '{ not: [yaml' },
  'an empty file': { 'score.yaml': '' },
  'a key given twice': web('metadata: {}\n'),
  'a field that nobody knows': web('    comand: [x]\n'),
  'several faults': web('    comand: [x]\n    args: x\nservice: 1\n'),
  'an older Score that is faulty': web('    files: [{ content: x }]\n'),
  'a placeholder for nothing': web('    variables: { A: "${resources.x}" }\n'),
  'a file of nobody': web('    files: { /a: { source: a.txt } }\n'),
  'a file that leads outside': web('    files: { /a: { source: ../a } }\n'),
  'a path that no cluster has': web('    files: { "/a:b": { content: x } }\n'),
  'an image with a blank': {
    'score.yaml': score('web').replace('nginx', 'ng inx'),
  },
  'a volume of nobody': web('    volumes: { /a: { source: data } }\n'),
  'an order of nobody': web('    before: { other: { ready: started } }\n'),
  'a request above its limit': web(
    '    resources: { limits: { cpu: 100m }, requests: { cpu: 200m } }\n',
  ),
  'ports that contradict': web(
    'service: { ports: { aa: { port: 80, targetPort: 1 }, bb: { port: 80, targetPort: 2 } } }\n',
  ),
  'a type that nobody gives': resources('xx: { type: mainframe }'),
  'a class that nobody gives': resources('xx: { type: queue, class: large }'),
  'a parameter of nobody': resources(
    'xx: { type: queue, params: { durable: "yes", size: 1 } }',
  ),
  'a parameter that is missing': resources('xx: { type: queue }'),
  'a version that is not offered': resources(
    'db: { type: postgres, params: { version: "9" } }',
  ),
  'resources in a circle': resources(
    'aa: { type: volume, params: { size: "${resources.bb}" } }, bb: { type: volume, params: { size: "${resources.aa}" } }',
  ),
  'params that differ under one id': {
    'score.yaml': score(
      'web',
      'resources: { db: { type: postgres, id: main, params: { size: 1Gi } } }\n',
    ),
    'api/score.yaml': score(
      'api',
      'resources: { db: { type: postgres, id: main, params: { size: 2Gi } } }\n',
    ),
  },
  'two workloads of one name': {
    'score.yaml': score('web'),
    'api/score.yaml': score('web'),
  },
  'a workload that nobody has': resources(
    'api: { type: service-port, params: { workload: api } }',
  ),
  'an app file with a field that nobody knows': app('onwer: x'),
  'an app file with several faults': app(
    'onwer: x, environments: [{ name: X, replicas: -1 }]',
  ),
  'an app file of two documents': {
    ...web(''),
    'app.yaml': `${app('')['app.yaml']}---\n${app('')['app.yaml']}`,
  },
  'a listed file that is not there': app('workloads: [api/score.yaml]'),
  'settings for nobody': app('deploy: { wbe: { podSecurity: baseline } }'),
  'settings for a workload that is not listed': app(
    'workloads: [score.yaml], deploy: { api: { podSecurity: baseline } }',
    { 'score.yaml': score('web'), 'api/score.yaml': score('api') },
  ),
  'a task that serves': app(
    'deploy: { web: { kind: Job, runs: before-release } }',
    web(PORTS),
  ),
  'a task that never runs': app('deploy: { web: { kind: Job } }'),
  'an environment that nobody selects clusters for': environment('name: qa'),
  'a promotion from nowhere': environment(
    'name: prod, promotion: { from: nowhere }',
  ),
  'a placement that widens': environment(
    'name: prod, placement: { numberOfClusters: 9 }',
  ),
  'amounts of a container that nobody has': environment(
    'name: dev, overrides: [{ clusters: {}, resources: { web: { mian: { limits: { cpu: "1" } } } } }]',
  ),
  'a request above its limit, there': environment(
    'name: dev, overrides: [{ clusters: {}, resources: { web: { main: { limits: { cpu: 100m }, requests: { cpu: 200m } } } } }]',
  ),
  'autoscaling of a task': app(
    'deploy: { web: { kind: Job, runs: after-release } }, environments: [{ name: dev, overrides: [{ clusters: {}, autoscaling: { web: { min: 1, max: 2, cpu: 70 } } }] }]',
  ),
  'a patch that weakens the baseline': environment(
    'name: dev, overrides: [{ clusters: {}, patches: { web: { Pod: { spec: { hostNetwork: true } } } } }]',
  ),
  'a patch of what is not rendered': environment(
    'name: dev, overrides: [{ clusters: {}, patches: { web: { Service: { spec: { sessionAffinity: ClientIP } } } } }]',
  ),
  'a patch that the platform does not allow': environment(
    'name: edge, overrides: [{ clusters: {}, patches: { web: { Pod: { spec: { nodeSelector: { a: b } } } } } }]',
  ),
  'more memory than the platform allows': environment(
    'name: edge, overrides: [{ clusters: {}, resources: { web: { main: { limits: { memory: 20Gi } } } } }]',
  ),
  'more CPU in score.yaml than the platform allows': web(
    '    resources: { limits: { cpu: "20" } }\n',
  ),
  'overrides of what is divided': environment(
    'name: dev, placement: { replicaScheduling: { replicaSchedulingType: Divided } }, overrides: [{ clusters: {}, replicas: 2 }]',
  ),
};

const GOOD: Record<string, Files> = {
  'one workload': web(''),
  'an app that has everything': app(
    'deploy: { web: { podSecurity: baseline }, task: { kind: Job, runs: before-release } }, environments: [{ name: dev, replicas: 2 }]',
    {
      'score.yaml': score(
        'web',
        `    variables: { API: "\${resources.api.hostname}", MQ: "\${resources.mq.host}" }
    files: { /a: { source: a.txt } }
resources:
  api: { type: service-port, params: { workload: api } }
  mq: { type: queue, params: { durable: 'no' } }
`,
      ),
      'api/score.yaml': score('api', PORTS),
      'task.score.yaml': score('task'),
      'a.txt': 'x',
    },
  ),
  'a list that leaves a file out': app('workloads: [./score.yaml]', {
    'score.yaml': score('web'),
    'old/score.yaml': score('web'),
  }),
};

describe('a push and callboard check', () => {
  let knex: Knex;
  beforeAll(async () => {
    knex = createKnex({
      client: 'better-sqlite3',
      connection: ':memory:',
      useNullAsDefault: true,
    });
    await migrateStore(knex);
  });
  afterAll(() => knex.destroy());

  it.each(Object.entries(BAD))('refuse %s alike', async (_, files) => {
    const refused = await push(files, knex);
    expect(refused).toEqual(expect.stringMatching(/\S/));
    expect(await check(files)).toContain(refused);
  });

  it.each(Object.entries(GOOD))('take %s', async (_, files) => {
    expect(await push(files, knex)).toBeUndefined();
    expect(await check(files)).toEqual([]);
  });
});

/** Why a push is refused; undefined where it is not. */
async function push(files: Files, knex: Knex): Promise<string | undefined> {
  const platform = Object.entries(PLATFORM).flatMap(([file, text]) => {
    const parsed = parsePlatformFiles(text, { file });
    if (!parsed.ok) throw new Error(parsed.problem.why);
    return parsed.value;
  });
  const judged = await judgePush(
    {
      app: 'shop',
      actor: 'user:default/ana',
      owner: 'user:default/ana',
      ownershipRefs: ['user:default/ana'],
      revision: { commit: 'a'.repeat(40), message: 'x', author: 'Ana' },
      paths: Object.keys(files),
      texts: files,
    },
    {
      knex,
      platform: {
        environments: ofKind(platform, 'Environment'),
        provisioners: ofKind(platform, 'Provisioner'),
        blueprints: [],
        clusterFiles: [],
        healthRules: [],
      },
      builders: [],
      defaultBuilder: 'bundle',
    },
  );
  if (judged.ok) return undefined;
  const { what, why, next } = judged.problem;
  // check lists them all.
  return [
    what,
    why.replace(/ \(and \d+ more faults? in this file\)$/, ''),
    next,
  ].join('; ');
}

function ofKind<K extends PlatformFile['kind']>(
  files: readonly PlatformFile[],
  kind: K,
): Array<Extract<PlatformFile, { kind: K }>> {
  return files.filter(
    (file): file is Extract<PlatformFile, { kind: K }> => file.kind === kind,
  );
}

async function check(files: Files): Promise<string[]> {
  const all: Files = { ...PLATFORM, ...files };
  const lines: string[] = [];
  const io: Io = {
    readText: path => all[path],
    readBytes: path => {
      const bytes = Buffer.from(all[path]);
      return { bytes, size: bytes.byteLength };
    },
    hasFile: path => Object.hasOwn(all, path),
    writeNew: () => false,
    openTree: name => {
      throw new Error(`Nobody asks for the folder ${name}`);
    },
    startJudge: () => directJudge,
    out: line => lines.push(line),
    err: line => lines.push(line),
    now: () => new Date(0),
    env: () => undefined,
    ask: async url => {
      throw new Error(`Nobody asks ${url}`);
    },
    pause: async () => {},
    newId: () => 'id',
    ...nobody,
  };
  const given = Object.keys(all).filter(path => path.endsWith('.yaml'));
  await runCommand(['check', ...given, '--output', 'json'], io);
  return lines
    .map(line => JSON.parse(line))
    .filter(({ severity }) => severity === 'error')
    .map(({ what, why, next }) => [what, why, next].join('; '));
}
