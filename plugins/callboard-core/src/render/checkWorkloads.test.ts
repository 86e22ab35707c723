import {
  type ClusterOverride,
  type EnvironmentFile,
  type VariablesByContainer,
  parseScore,
} from '@callboard/plugin-callboard-common';
import { checkWorkloads, findWorkloadProblems } from './checkWorkloads';

type Allows = EnvironmentFile['spec']['allows'];

function workload(name: string, more = '', file = `${name}/score.yaml`) {
  const text = `apiVersion: score.dev/v1b1\nmetadata: { name: ${name} }\ncontainers:\n  main:\n    image: .\n${more}`;
  const parsed = parseScore(text, { file });
  if (!parsed.ok) throw new Error(parsed.problem.why);
  return parsed.value;
}

const ports = 'service: { ports: { http: { port: 8080 } } }\n';

describe('checkWorkloads', () => {
  it('accepts an app whose workloads refer to each other', () => {
    const web = workload(
      'web',
      '    variables: { API: "${resources.api.hostname}:${resources.api.port}" }\nresources: { api: { type: service-port, params: { workload: api } } }\n',
    );
    expect(
      checkWorkloads({
        app: 'shop',
        workloads: [web, workload('api', ports)],
        files: {},
      }),
    ).toEqual({ ok: true, value: undefined });
  });

  it('names file and line of a fault', () => {
    const web = workload(
      'web',
      '    variables:\n      A: ok\n      DB: ${resources.db.host}\n',
    );
    expect(
      checkWorkloads({
        app: 'shop',
        workloads: [workload('api'), web],
        files: {},
      }),
    ).toEqual({
      ok: false,
      problem: {
        code: 'placeholder-unknown',
        what: 'Cannot deploy the workload "web" (web/score.yaml, line 8)',
        why: 'containers.main.variables.DB: the placeholder "${resources.db.host}" refers to "db", which does not exist',
        next: 'There are none; remove the placeholder, or declare what it refers to',
        transient: false,
        workload: 'web',
        at: {
          file: 'web/score.yaml',
          line: 8,
          column: 7,
          path: 'containers.main.variables.DB',
        },
      },
    });
  });

  it.each<{
    name: string;
    variables: VariablesByContainer;
    expected: string;
  }>([
    {
      name: 'for nobody',
      variables: { wep: { main: { A: 'b' } } },
      expected:
        'workload-unknown spec.environments[0].overrides[1].variables.wep: no workload of this app is called "wep". Write "web"',
    },
    {
      name: 'for a container that is not there',
      variables: { web: { mian: { A: 'b' } } },
      expected:
        'workload-unknown spec.environments[0].overrides[1].variables.web.mian: no container of "web" is called "mian". Write "main"',
    },
    {
      name: 'whose placeholder refers to nothing',
      variables: { web: { main: { A: '${resources.db.host}' } } },
      expected:
        'placeholder-unknown spec.environments[0].overrides[1].variables.web.main.A: the placeholder "${resources.db.host}" refers to "db", which does not exist. There are none; remove the placeholder, or declare what it refers to',
    },
    {
      name: 'that are good',
      variables: { web: { main: { A: '${metadata.name}' } } },
      expected: 'good',
    },
  ])('judges variables of an environment $name', ({ variables, expected }) => {
    const judged = checkWorkloads({
      app: 'shop',
      workloads: [workload('web')],
      files: {},
      environments: [
        {
          name: 'prod',
          overrides: [{ clusters: {} }, { clusters: {}, variables }],
        },
      ],
    });
    expect(
      judged.ok
        ? 'good'
        : `${judged.problem.code} ${judged.problem.why}. ${judged.problem.next}`,
    ).toBe(expected);
  });

  describe('overrides of an environment', () => {
    const web = workload(
      'web',
      '    resources: { requests: { memory: 100Mi }, limits: { memory: 200Mi } }\n    livenessProbe: { httpGet: { path: /, port: 8080 } }\n',
    );
    const report = workload('report');
    const judge = (overrides: object[], allows: Allows = {}) => {
      const problems = [
        ...findWorkloadProblems({
          app: 'shop',
          workloads: [web, report],
          files: {},
          deploy: { report: { kind: 'CronJob', schedule: '@daily' } },
          environments: [
            { name: 'dev' },
            { name: 'prod', overrides: overrides as ClusterOverride[] },
          ],
          platform: [
            {
              apiVersion: 'callboard.dev/v1alpha1',
              kind: 'Environment',
              metadata: { name: 'prod' },
              spec: { order: 1, placement: {}, allows },
            },
          ],
        }),
      ];
      return problems.map(
        ({ code, why, next }) =>
          `${code} ${why.replace(
            'spec.environments[1].overrides',
            '…',
          )}. ${next}`,
      );
    };
    const of = (fields: object, labels?: Record<string, string>) => ({
      clusters: labels ? { matchLabels: labels } : {},
      ...fields,
    });
    const memory = (requests?: string, limits?: string) => ({
      resources: {
        web: {
          main: {
            ...(requests && { requests: { memory: requests } }),
            ...(limits && { limits: { memory: limits } }),
          },
        },
      },
    });

    it.each<[string, object[], string[]]>([
      ['that are good', [of(memory('50Mi', '60Mi'))], []],
      [
        'for nobody',
        [of({ resources: { wep: {} }, patches: { repot: {} } })],
        [
          'workload-unknown …[0].resources.wep: no workload of this app is called "wep". Write "web"',
          'workload-unknown …[0].patches.repot: no workload of this app is called "repot". Write "report"',
        ],
      ],
      [
        'for containers that are not there',
        [
          of({
            resources: { web: { mian: {} } },
            patches: {
              web: { Pod: { spec: { containers: { maim: {} } } } },
            },
          }),
        ],
        [
          'workload-unknown …[0].resources.web.mian: no container of "web" is called "mian". Write "main"',
          'workload-unknown …[0].patches.web.Pod.spec.containers.maim: no container of "web" is called "maim". Write "main"',
        ],
      ],
      [
        'with a request above the limit of score.yaml',
        [of(memory('300Mi'))],
        [
          'request-above-limit …[0].resources.web.main.requests.memory: its limit can be 200Mi there. Lower the request, or give the limit with it',
        ],
      ],
      [
        'with a limit below the request of another',
        [of(memory('150Mi')), of(memory(undefined, '120Mi'), { region: 'eu' })],
        [
          'request-above-limit …[1].resources.web.main.limits.memory: what it asks for can be 150Mi there. Raise the limit, or give the request with it',
        ],
      ],
      [
        'that never meet',
        [
          of(memory('150Mi'), { region: 'us' }),
          of(memory(undefined, '120Mi'), { region: 'eu' }),
        ],
        [],
      ],
      [
        'after which nothing from before counts',
        [of(memory('10Mi')), of(memory(undefined, '50Mi'))],
        [],
      ],
      [
        'that scale what runs by the clock',
        [of({ autoscaling: { report: { min: 1, max: 2, cpu: 50 } } })],
        [
          'override-invalid …[0].autoscaling.report: only a Deployment and a StatefulSet are scaled; "report" is a CronJob. Remove it',
        ],
      ],
      [
        'that patch what is not rendered',
        [
          of({
            patches: {
              web: {
                StatefulSet: {},
                Service: {},
                HorizontalPodAutoscaler: {},
                Pod: {
                  spec: {
                    containers: { main: { readinessProbe: {} } },
                  },
                },
              },
              report: { Deployment: {}, PodDisruptionBudget: {} },
            },
          }),
        ],
        [
          'override-invalid …[0].patches.web.StatefulSet: "web" is a Deployment. Write "Deployment"',
          'override-invalid …[0].patches.web.Service: "web" has no ports. Give it ports in score.yaml, or remove the patch',
          'override-invalid …[0].patches.web.HorizontalPodAutoscaler: "web" has a fixed number of replicas. Give it "autoscaling", or remove the patch',
          'override-invalid …[0].patches.web.Pod.spec.containers.main.readinessProbe: "main" has no readinessProbe. Write the probe in score.yaml, or remove its timings',
          'override-invalid …[0].patches.report.Deployment: "report" is a CronJob. Write "CronJob"',
          'override-invalid …[0].patches.report.PodDisruptionBudget: a CronJob has none. Remove the patch',
        ],
      ],
      [
        'that patch what is there on some clusters',
        [
          of(
            { autoscaling: { web: { min: 1, max: 2, cpu: 50 } } },
            { region: 'us' },
          ),
          of({
            patches: {
              web: {
                HorizontalPodAutoscaler: { spec: { behavior: {} } },
                PodDisruptionBudget: { spec: { maxUnavailable: 2 } },
                Pod: {
                  spec: {
                    containers: { main: { livenessProbe: {} } },
                  },
                },
              },
            },
          }),
        ],
        [],
      ],
    ])('judges those %s', (_, overrides, expected) => {
      expect(judge(overrides)).toEqual(expected);
    });

    const ASK =
      'or ask the platform team, who can raise it in spec.allows.resources.max of that environment';

    it.each<[string, Allows, object[], string[]]>([
      [
        'patches',
        { patches: ['Pod.spec.nodeSelector'] },
        [
          of({
            patches: {
              web: { Pod: { spec: { nodeSelector: {}, tolerations: [] } } },
            },
          }),
        ],
        [
          'environment-widened …[0].patches.web.Pod.spec.tolerations: the environment "prod" does not let apps patch "Pod.spec.tolerations". Remove it, or ask the platform team, who can allow it in spec.allows.patches of that environment',
        ],
      ],
      [
        'replicas',
        { replicas: { max: 3 } },
        [of({ replicas: 4 })],
        [
          'environment-widened …[0].replicas: it is 4, and the environment "prod" allows 3. Write 3 or less, or ask the platform team, who can raise it in spec.allows.replicas.max of that environment',
        ],
      ],
      [
        'amounts of overrides',
        { resources: { max: { cpu: '1' } } },
        [
          of({
            resources: { web: { main: { requests: { cpu: '1500m' } } } },
          }),
        ],
        [
          `environment-widened …[0].resources.web.main.requests.cpu: it is 1500m, and the environment "prod" allows a container 1. Write 1 or less, ${ASK}`,
        ],
      ],
      [
        'amounts of score.yaml, and those that it does not say',
        { resources: { max: { memory: '150Mi' } } },
        [],
        [
          `environment-widened containers.main.resources.limits.memory: it is 200Mi, and the environment "prod" allows a container 150Mi. Write 150Mi or less, here or for that environment alone under "overrides" in app.yaml, ${ASK}`,
          `environment-widened containers.main: it says nothing of memory, and is limited to 512Mi, and the environment "prod" allows a container 150Mi. Write 150Mi or less, here or for that environment alone under "overrides" in app.yaml, ${ASK}`,
        ],
      ],
      [
        'not what is otherwise there',
        { resources: { max: { memory: '150Mi' } }, patches: [] },
        [
          of({
            resources: {
              web: { main: { limits: { memory: '150Mi' } } },
              report: { main: { limits: { memory: '150Mi' } } },
            },
          }),
        ],
        [],
      ],
    ])(
      'keeps %s to what the platform allows',
      (_, allows, overrides, expected) => {
        expect(judge(overrides, allows)).toEqual(expected);
      },
    );
  });

  it.each([
    {
      name: 'a workload nobody has',
      more: 'resources: { api: { type: service-port, params: { workload: nope } } }',
      code: 'resource-invalid',
      next: 'Use one of "api", "web"',
    },
    {
      name: 'a port nobody has',
      more: 'resources: { api: { type: service-port, params: { workload: api, port: nope } } }',
      code: 'resource-invalid',
      next: 'Use one of "http"',
    },
    {
      name: 'ports of a workload without any',
      more: 'resources: { api: { type: service-port, params: { workload: web } } }',
      code: 'resource-invalid',
      next: 'Give that workload a port under "service.ports"',
    },
    {
      name: 'a volume of another workload',
      more: 'resources: { data: { type: volume, id: shared } }',
      code: 'resource-unshareable',
      next: 'Give it another id; the two workloads can talk over a "service-port"',
    },
    {
      name: 'other params of a shared id',
      more: 'resources: { data: { type: volume, id: shared, params: { size: 2Gi } } }',
      code: 'resource-conflict',
      next: 'Make both equal, leave them out in one, or give them different ids',
    },
    {
      name: 'a variable with U+0000',
      more: '    variables: { A: "\\0" }',
      code: 'variable-invalid',
      next: 'Remove the character, or use a file',
    },
    {
      name: 'a volume at the root',
      more: '    volumes: { /: { source: "${resources.data}" } }\nresources: { data: { type: volume } }',
      code: 'volume-path-invalid',
      next: 'Choose another path',
    },
    {
      name: 'a file and a volume at one path',
      more: '    files: { /a: { content: x } }\n    volumes: { /a: { source: "${resources.data}" } }\nresources: { data: { type: volume } }',
      code: 'volume-path-invalid',
      next: 'Choose another path',
    },
    {
      name: 'a file that is not there',
      more: '    files: { /a: { source: a.txt } }',
      code: 'file-not-found',
      next: 'Correct the path, which is relative to the root of the repository, or commit the file',
    },
    {
      name: 'files no cluster can hold',
      more: '    files: { /a: { source: large.txt }, /b: { source: ./large.txt } }',
      code: 'files-too-large',
      next: 'Put large files into the image, or fetch them at start',
    },
  ])('refuses $name', ({ more, code, next }) => {
    const api = workload(
      'api',
      `${ports}resources: { data: { type: volume, id: shared, params: { size: 1Gi } } }\n`,
    );
    const checked = checkWorkloads({
      app: 'shop',
      workloads: [workload('web', more), api],
      files: { 'large.txt': 'x'.repeat(600_000) },
    });
    expect(checked).toMatchObject({
      ok: false,
      problem: { code, next, at: { file: 'web/score.yaml' } },
    });
  });

  it.each([
    {
      name: 'an output',
      more: '    variables: { A: "${resources.api.hostnam}" }\nresources: { api: { type: service-port, params: { workload: api } } }',
      why: '"hostnam", which does not exist; did you mean "hostname"?',
      next: 'Write "hostname"',
    },
    {
      name: 'a resource, in the params of another',
      more: 'resources: { api: { type: service-port, params: { workload: api } }, db: { type: postgres, params: { size: "${resources.apo.port}Gi" } } }',
      why: 'resources.db.params.size: the placeholder "${resources.apo.port}" refers to "apo", which does not exist; did you mean "api"?',
      next: 'Write "api"',
    },
    {
      name: 'the root of a placeholder',
      more: '    variables: { A: "${resource.api.hostname}" }',
      why: 'refers to nothing known; did you mean "resources"?',
      next: 'Start it with "metadata." or "resources."; write "$${" for the text "${" itself',
    },
    {
      name: 'a workload',
      more: 'resources: { api: { type: service-port, params: { workload: apo } } }',
      why: 'must name a workload of this app; did you mean "api"?',
      next: 'Write "api"',
    },
    {
      name: 'a port',
      more: 'resources: { api: { type: service-port, params: { workload: api, port: htp } } }',
      why: 'must name a port of the workload "api"; did you mean "http"?',
      next: 'Write "http"',
    },
    {
      name: 'a parameter',
      more: 'resources: { db: { type: postgres, params: { verson: "17" } } }',
      why: 'this parameter is not known; did you mean "version"?',
      next: 'Write "version"',
    },
    {
      name: 'a container',
      more: '    before: { man: { ready: started } }',
      why: 'there is no container "man"; did you mean "main"?',
      next: 'Write "main"',
    },
    {
      name: 'a volume',
      more: '    volumes: { /data: { source: dat } }\nresources: { data: { type: volume } }',
      why: '"dat" is not a volume; did you mean "${resources.data}"?',
      next: 'Write "${resources.data}"',
    },
  ])('says which name was meant by $name', ({ more, why, next }) => {
    expect(
      checkWorkloads({
        app: 'shop',
        workloads: [workload('web', more), workload('api', ports)],
        files: {},
      }),
    ).toMatchObject({
      ok: false,
      problem: { why: expect.stringContaining(why), next },
    });
  });

  it('refuses two workloads of one name', () => {
    const twins = [
      workload('web', '', 'a/score.yaml'),
      workload('web', '', 'b/score.yaml'),
    ];
    expect(
      checkWorkloads({ app: 'shop', workloads: twins, files: {} }),
    ).toMatchObject({
      ok: false,
      problem: {
        code: 'workload-name-taken',
        at: { file: 'b/score.yaml', line: 2 },
      },
    });
  });

  it('never repeats what a placeholder stands for', () => {
    const web = workload(
      'web',
      '    variables: { A: "${metadata.name} ${resources.x}" }\n',
    );
    const secretive = {
      ...web,
      workload: {
        ...web.workload,
        metadata: { ...web.workload.metadata, token: 'hunter2' },
      },
    };
    expect(
      JSON.stringify(
        checkWorkloads({ app: 'shop', workloads: [secretive], files: {} }),
      ),
    ).not.toContain('hunter2');
  });

  it('refuses settings for a workload that nobody has, and says which was meant', () => {
    expect(
      checkWorkloads({
        app: 'shop',
        workloads: [workload('api'), workload('web')],
        files: {},
        deploy: { wbe: { podSecurity: 'baseline' } },
      }),
    ).toEqual({
      ok: false,
      problem: {
        code: 'workload-unknown',
        what: 'Cannot use app.yaml',
        why: 'spec.deploy.wbe: no workload of this app is called "wbe"',
        next: 'Write "web"',
        transient: false,
        at: { file: 'app.yaml', path: 'spec.deploy.wbe' },
      },
    });
  });
});

describe('findWorkloadProblems', () => {
  const find = (
    workloads: ReturnType<typeof workload>[],
    more: Partial<Parameters<typeof findWorkloadProblems>[0]> = {},
  ) =>
    [
      ...findWorkloadProblems({ app: 'shop', workloads, files: {}, ...more }),
    ].map(({ at, why }) => `${at?.file}:${at?.line} ${why}`);

  it('finds what else is wrong where an image is', () => {
    const web = workload(
      'web',
      '    variables: { A: "${resources.x}" }\n    command: []\n  other: { image: "a b" }\n',
    );
    expect(find([web])).toEqual([
      expect.stringContaining('containers.main.variables.A'),
      'web/score.yaml:8 containers.other.image: the name of an image has no spaces',
    ]);
  });

  it('finds nothing in a good app', () => {
    expect(find([workload('web'), workload('api', ports)])).toEqual([]);
  });

  it('finds every fault of every workload', () => {
    const web = workload(
      'web',
      `    variables:
      A: \${resources.a}
      B: ok
      C: \${resources.c}
    before:
      no: { ready: started }
    resources:
      limits: { cpu: 100m, memory: 1Mi }
      requests: { cpu: 200m, memory: 2Mi }
resources:
  xx: { type: mainframe }
  data: { type: volume, params: { sice: 1Gi, size: no } }
`,
    );
    const api = workload(
      'api',
      '    files: { /a:b: { content: x }, /c: { content: "${resources.c}" } }\n',
    );
    expect(find([web, api, workload('web', '', 'b/score.yaml')])).toEqual([
      'web/score.yaml:16 resources.xx.type: this platform does not provide resources of type "mainframe"',
      'web/score.yaml:17 resources.data.params.sice: this parameter is not known; did you mean "size"?',
      'web/score.yaml:17 resources.data.params.size: must be an amount such as "1Gi"',
      'web/score.yaml:11 containers.main.before.no: there is no container "no"',
      'web/score.yaml:7 containers.main.variables.A: the placeholder "${resources.a}" refers to "a", which does not exist',
      'web/score.yaml:9 containers.main.variables.C: the placeholder "${resources.c}" refers to "c", which does not exist',
      'web/score.yaml:14 containers.main.resources.requests.cpu: it asks for 200m, but its limit is 100m',
      'web/score.yaml:14 containers.main.resources.requests.memory: it asks for 2Mi, but its limit is 1Mi',
      'api/score.yaml:6 containers.main.files["/a:b"]: a cluster cannot put a file at this path',
      'api/score.yaml:6 containers.main.files["/c"].content: the placeholder "${resources.c}" refers to "c", which does not exist',
      'b/score.yaml:2 metadata.name: another workload of this app is called "web" too',
    ]);
  });

  it('says what is wrong with a resource, and not what that does to others', () => {
    const web = workload(
      'web',
      `    variables: { DB: "\${resources.db.host}", OK: "\${metadata.name}" }
    files: { /db: { content: "\${resources.db.port}" } }
    volumes: { /data: { source: "\${resources.data}" }, /more: { source: data } }
resources:
  db: { type: postgers }
  data: { type: volume, params: { size: "\${resources.db.port}" } }
`,
    );
    expect(find([web])).toEqual([
      'web/score.yaml:10 resources.db.type: this platform does not provide resources of type "postgers"; did you mean "postgres"?',
    ]);
  });

  it('names a fault that two workloads share once', () => {
    const both = ['1Gi', '2Gi'].map((size, index) =>
      workload(
        `web-${index}`,
        `resources: { db: { type: postgres, id: main, params: { size: ${size} } } }\n`,
      ),
    );
    expect(find(both)).toHaveLength(1);
  });

  it('does not miss in a part of an app what the rest may have', () => {
    const web = workload(
      'web',
      '    variables: { A: "${resources.x}" }\nresources: { api: { type: service-port, params: { workload: api } } }\n',
    );
    const deploy = { api: { podSecurity: 'baseline' as const } };
    expect(find([web], { deploy, isPartOfApp: true })).toEqual([
      expect.stringContaining('"${resources.x}"'),
    ]);
    expect(find([web], { deploy })).toHaveLength(3);
  });

  it('looks no further than it is asked to', () => {
    let looks = 0;
    const counted = {
      ...workload('web', '    variables: { A: "${resources.x}" }\n'),
      locate: () => {
        looks += 1;
        return { file: 'a' };
      },
    };
    const [first] = findWorkloadProblems({
      app: 'shop',
      workloads: [counted, counted, counted],
      files: {},
    });
    expect([first.code, looks]).toEqual(['placeholder-unknown', 1]);
  });
});
