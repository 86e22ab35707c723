import { parseScore } from '@callboard/plugin-callboard-common';
import { checkWorkloads } from './checkWorkloads';

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
        at: {
          file: 'web/score.yaml',
          line: 8,
          column: 7,
          path: 'containers.main.variables.DB',
        },
      },
    });
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
