import { parseScore } from './parseScore';

const FILE = { file: 'score.yaml' };

/** A workload with one container; `more` is put under the container, `beside` under the root. */
function score({
  container = '',
  beside = '',
  metadata = '  name: web',
} = {}): string {
  const inside = container && `${container.replace(/^/gm, '    ')}\n`;
  return `apiVersion: score.dev/v1b1\nmetadata:\n${metadata}\ncontainers:\n  web:\n    image: nginx\n${inside}${beside}`;
}

function read(text: string) {
  const parsed = parseScore(text, FILE);
  if (!parsed.ok)
    throw new Error(`${parsed.problem.what}: ${parsed.problem.why}`);
  return parsed.value;
}

function refusal(text: string): string {
  const parsed = parseScore(text, FILE);
  return parsed.ok
    ? 'read'
    : `${parsed.problem.at?.line ?? '-'} ${parsed.problem.why}`;
}

describe('what Score allows', () => {
  it('the smallest workload', () => {
    expect(read(score()).workload).toEqual({
      apiVersion: 'score.dev/v1b1',
      metadata: { name: 'web' },
      containers: { web: { image: 'nginx' } },
    });
  });

  it.each([
    {
      name: 'ports in every spelling of a number',
      text: score({
        beside:
          'service: {ports: {aa: {port: 80.0}, bb: {port: 8e1}, cc: {port: 0x50, targetPort: 65535, protocol: UDP}}}',
      }),
    },
    {
      name: 'two ports alike',
      text: score({
        beside: 'service: {ports: {aa: {port: 80}, bb: {port: 80}}}',
      }),
    },
    { name: 'a service without ports', text: score({ beside: 'service: {}' }) },
    {
      name: 'placeholders in command and args',
      text: score({
        container: 'command: ["${resources.nope}"]\nargs: ["${x}"]',
      }),
    },
    {
      name: 'anything in metadata',
      text: score({
        metadata: '  name: web\n  team: {a: [1, null]}\n  since: 2020-01-01',
      }),
    },
    {
      name: 'anything in params',
      text: score({
        beside:
          'resources: {db: {type: postgres, class: big, id: a.b-c, metadata: {x: 1}, params: {a: {b: 2020-01-01}}}}',
      }),
    },
    {
      name: 'an empty file',
      text: score({ container: 'files: {/a: {content: ""}}' }),
    },
    {
      name: 'quoted dates',
      text: score({ container: 'variables: {A: "2020-01-01"}' }),
    },
    {
      name: 'a second document of any kind',
      text: `${score()}---\n{{{ not yaml`,
    },
    {
      name: 'a probe without handler',
      text: score({ container: 'livenessProbe: {}' }),
    },
    {
      name: 'amounts',
      text: score({
        container:
          'resources: {limits: {cpu: "0.5", memory: 1G}, requests: {cpu: 250m, memory: "134217728"}}',
      }),
    },
    {
      name: 'an order of containers',
      text: score({ container: 'before: {other: {ready: healthy}}' }),
    },
    {
      name: 'names every object has',
      text: score({ container: 'variables: {constructor: a, toString: b}' }),
    },
  ])('$name', ({ text }) => {
    expect(refusal(text)).toBe('read');
  });

  it('writes dates out where anything is allowed', () => {
    expect(
      read(score({ metadata: '  name: web\n  since: 2020-01-01' })).workload
        .metadata.since,
    ).toBe('2020-01-01T00:00:00Z');
  });

  it('finds the line of a field of the workload', () => {
    const { locate } = read(score({ container: 'variables:\n  A: x' }));
    expect(locate(['containers', 'web', 'variables', 'A'])).toEqual({
      file: 'score.yaml',
      line: 8,
      column: 7,
      path: 'containers.web.variables.A',
    });
  });
});

describe('what Score refuses', () => {
  it.each([
    { name: 'an empty file', text: '', expected: '- the file is empty' },
    {
      name: 'an unknown field at the top',
      text: score({ beside: 'extra: 1' }),
      expected: '7 extra: `extra` is not a field here',
    },
    {
      name: 'an unknown field of a container',
      text: score({ container: 'imagee: x' }),
      expected:
        '7 containers.web.imagee: `imagee` is not a field; did you mean `image`?',
    },
    {
      name: 'another version',
      text: score().replace('v1b1', 'v1'),
      expected: '1 apiVersion: must be "score.dev/v1b1"',
    },
    {
      name: 'no name',
      text: score({ metadata: '  no-name: web' }),
      expected: '2 metadata.name: is missing',
    },
    {
      name: 'a name of one letter',
      text: score({ metadata: '  name: w' }),
      expected:
        '3 metadata.name: must have 2 to 63 characters from a-z, 0-9 and "-", and start and end with a letter or digit',
    },
    {
      name: 'a name with capitals',
      text: score({ metadata: '  name: Web' }),
      expected:
        '3 metadata.name: must have 2 to 63 characters from a-z, 0-9 and "-", and start and end with a letter or digit',
    },
    {
      name: 'no containers',
      text: 'apiVersion: score.dev/v1b1\nmetadata: {name: web}\ncontainers: {}',
      expected: '3 containers: at least one container is needed',
    },
    {
      name: 'containers that are empty',
      text: 'apiVersion: score.dev/v1b1\nmetadata: {name: web}\ncontainers:',
      expected: '3 containers: must be a map, but is empty',
    },
    {
      name: 'a section that is empty',
      text: score({ beside: 'service:' }),
      expected: '7 service: must be a map, but is empty',
    },
    {
      name: 'no image',
      text: 'apiVersion: score.dev/v1b1\nmetadata: {name: web}\ncontainers:\n  web: {}',
      expected: '4 containers.web.image: is missing',
    },
    {
      name: 'a key twice',
      text: score({ container: 'image: apache' }),
      expected: '7 the key "image" is given twice',
    },
    {
      name: 'a number as variable',
      text: score({ container: 'variables:\n  A: ok\n  B: 80' }),
      expected: '9 containers.web.variables.B: must be text, but is a number',
    },
    {
      name: 'an unquoted date as variable',
      text: score({ container: 'variables:\n  A: 2020-01-01' }),
      expected: '8 containers.web.variables.A: must be text, but is a date',
    },
    {
      name: 'an empty variable',
      text: score({ container: 'variables:\n  A:' }),
      expected: '8 containers.web.variables.A: must be text, but is empty',
    },
    {
      name: 'a number as name of a variable',
      text: score({ container: 'variables:\n  1: x' }),
      expected: '8 the key 1 is not text',
    },
    {
      name: 'a variable with "="',
      text: score({ container: 'variables:\n  A=B: x' }),
      expected:
        '8 containers.web.variables["A=B"]: the name must be printable ASCII without "="',
    },
    {
      name: 'a port of 0',
      text: score({ beside: 'service: {ports: {www: {port: 0}}}' }),
      expected: '7 service.ports.www.port: must be at least 1',
    },
    {
      name: 'a port beyond all',
      text: score({ beside: 'service: {ports: {www: {port: 65536}}}' }),
      expected: '7 service.ports.www.port: must be at most 65535',
    },
    {
      name: 'half a port',
      text: score({ beside: 'service: {ports: {www: {port: 80.5}}}' }),
      expected:
        '7 service.ports.www.port: must be a whole number, but is a number',
    },
    {
      name: 'a port as text',
      text: score({ beside: 'service: {ports: {www: {port: "80"}}}' }),
      expected: '7 service.ports.www.port: must be a number, but is text',
    },
    {
      name: 'another protocol',
      text: score({
        beside: 'service: {ports: {www: {port: 80, protocol: SCTP}}}',
      }),
      expected: '7 service.ports.www.protocol: must be one of "TCP", "UDP"',
    },
    {
      name: 'a file with nothing',
      text: score({ container: 'files:\n  /a: {mode: "0644"}' }),
      expected:
        '8 containers.web.files["/a"]: exactly one of "content", "binaryContent" and "source" is needed, but none of them is given',
    },
    {
      name: 'a file with two contents',
      text: score({ container: 'files:\n  /a: {content: "", source: b}' }),
      expected:
        '8 containers.web.files["/a"]: exactly one of "content", "binaryContent" and "source" is needed, but "content" and "source" are given',
    },
    {
      name: 'a mode that is a number',
      text: score({ container: 'files: {/a: {content: x, mode: 0644}}' }),
      expected:
        '7 containers.web.files["/a"].mode: must be text, but is a number',
    },
    {
      name: 'binary content that is not base64',
      text: score({ container: 'files: {/a: {binaryContent: "%"}}' }),
      expected: '7 containers.web.files["/a"].binaryContent: must be base64',
    },
    {
      name: 'memory in spoken words',
      text: score({ container: 'resources: {limits: {memory: 128 MB}}' }),
      expected:
        '7 containers.web.resources.limits.memory: must be a number of bytes such as "128Mi" or "1G"',
    },
    {
      name: 'CPU as a number',
      text: score({ container: 'resources: {limits: {cpu: 1}}' }),
      expected:
        '7 containers.web.resources.limits.cpu: must be text, but is a number',
    },
    {
      name: 'a probe without port',
      text: score({ container: 'livenessProbe:\n  httpGet:\n    path: /' }),
      expected: '8 containers.web.livenessProbe.httpGet.port: is missing',
    },
    {
      name: 'a resource without type',
      text: score({ beside: 'resources:\n  db: {}' }),
      expected: '8 resources.db.type: is missing',
    },
    {
      name: 'a date as section',
      text: score({ beside: 'service: 2020-01-01' }),
      expected: '7 service: must be a map, but is a date',
    },
    {
      name: 'the end of a line for some readers',
      text: score({ metadata: '  name: web\n  team: a\u2028b' }),
      expected:
        '4 it contains the character U+2028, which some readers of YAML take for the end of a line and others do not',
    },
    {
      name: 'a tab in front of a comment',
      text: score({ beside: '\t# comment' }),
      expected: '7 it is indented with a tab',
    },
    {
      name: 'an escape of JSON',
      text: score({ container: 'variables: {A: "\\/"}' }),
      expected:
        '7 a quoted text has an escape that readers of YAML 1.1 do not know, "\\/" or half a character',
    },
    {
      name: 'a colon that some take for a part of the key',
      text: score({ metadata: '  name: web\n  team: {a:}' }),
      expected: '4 a colon or question mark in brackets has no space behind it',
    },
    {
      name: 'another version of YAML',
      text: `%YAML 1.2\n---\n${score()}`,
      expected: '1 it has a directive that is not known',
    },
    {
      name: 'a list as workload',
      text: '- a',
      expected: '1 must be a map, but is a list',
    },
    {
      name: 'several faults, the first one named',
      text: score({ container: 'imagee: x\nvariables: {A: 1}' }),
      expected:
        '7 containers.web.imagee: `imagee` is not a field; did you mean `image`? (and 1 more fault in this file)',
    },
  ])('$name', ({ text, expected }) => {
    expect(refusal(text)).toBe(expected);
  });

  it('never repeats a value, as it may be a secret', () => {
    const parsed = parseScore(
      score({ container: 'variables: {TOKEN: 12345678}' }),
      FILE,
    );
    expect(JSON.stringify(parsed)).not.toContain('12345678');
  });

  it('judges a megabyte of faults fast', () => {
    const text = score({
      container: `variables: {${Array.from(
        { length: 1_400 },
        (_, i) => `v${i}: ${i}`,
      ).join(', ')}}`,
    });
    const padded = `${text}\n# ${'x'.repeat(900_000)}\n`;
    const before = process.cpuUsage();
    expect(refusal(padded)).toContain('(and 1399 more faults in this file)');
    // In microseconds; without a limit it is minutes.
    expect(process.cpuUsage(before).user).toBeLessThan(3_000_000);
  });
});

describe('older spellings', () => {
  it('are upgraded, each with a warning', () => {
    const { workload, warnings, upgrades } = read(
      score({
        container: [
          'files:',
          '- target: /etc/app.conf',
          '  mode: "666"',
          '  content: [one, two, 3]',
          'volumes:',
          '- target: /data',
          '  source: ${resources.data}',
          '  read_only: true',
        ].join('\n'),
      }),
    );
    expect(workload.containers.web).toEqual({
      image: 'nginx',
      files: { '/etc/app.conf': { mode: '666', content: 'one\ntwo\n3' } },
      volumes: { '/data': { source: '${resources.data}', readOnly: true } },
    });
    expect(warnings).toEqual([
      'containers.web.files: a list with "target" is the older form (Write a map whose keys are the targets)',
      'containers.web.files[0].content: a list of lines is the older form (Write one text)',
      'containers.web.volumes: a list with "target" is the older form (Write a map whose keys are the targets)',
      'containers.web.volumes[0].read_only: is the older spelling (Write "readOnly")',
    ]);
    expect(upgrades[3]).toEqual({
      why: 'containers.web.volumes[0].read_only: is the older spelling',
      next: 'Write "readOnly"',
      at: {
        file: 'score.yaml',
        line: 14,
        column: 7,
        path: 'containers.web.volumes[0].read_only',
      },
    });
  });

  it('say what of a list is left out', () => {
    const { workload, warnings } = read(
      score({
        container:
          'files:\n- nothing\n- {target: /a, content: x}\n- {target: /a, content: y}',
      }),
    );
    expect(workload.containers.web.files).toEqual({ '/a': { content: 'y' } });
    expect(warnings.slice(1)).toEqual([
      'containers.web.files[0]: is not a map, and is left out (Remove it)',
      'containers.web.files[2].target: is given twice; the last one counts (Keep one of them)',
    ]);
  });

  it.each([
    {
      name: 'a list without targets',
      container: 'files:\n- content: x',
      expected: '7 containers.web.files: must be a map, but is a list',
    },
    {
      name: 'a target whose name would be lost',
      container: 'files:\n- {target: __proto__, content: x}',
      expected: '7 containers.web.files: must be a map, but is a list',
    },
    {
      name: 'lines in a map',
      container: 'files: {/a: {content: [one, two]}}',
      expected:
        '7 containers.web.files["/a"].content: must be text, but is a list',
    },
    {
      name: 'an older name in a map',
      container: 'volumes: {/a: {source: x, read_only: true}}',
      expected:
        '7 containers.web.volumes["/a"].read_only: `read_only` is not a field; did you mean `readOnly`?',
    },
    {
      name: 'a fault inside of a list',
      container:
        'files:\n- {target: /a, content: x}\n- {target: /b, source: 1}',
      expected:
        '9 containers.web.files["/b"].source: must be text, but is a number',
    },
  ])('$name', ({ container, expected }) => {
    expect(refusal(score({ container }))).toBe(expected);
  });
});
