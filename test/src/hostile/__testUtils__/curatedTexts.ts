const LONG = 100_000;

const BYTES: Record<string, string> = {
  nothing: '',
  'a line break': '\n',
  'only spaces': ' '.repeat(LONG),
  'only tabs': '\t'.repeat(LONG),
  'only line breaks': '\n'.repeat(40_000),
  'carriage returns': 'a: 1\rb: 2\r',
  'a byte order mark': '\uFEFFapiVersion: v1\n',
  'another byte order mark inside': 'a: \uFEFFb\n',
  'UTF-16 read as UTF-8': 'a\0p\0i\0V\0e\0r\0s\0i\0o\0n\0:\0 \0',
  'NUL inside a name': 'metadata: {name: "a\\0b"}',
  'raw NUL': 'metadata: {name: "a\0b"}',
  'text that is shown from right to left':
    'metadata: {name: "shop\u202Egnp.exe"}',
  'a zero-width name': 'metadata: {name: "sh\u200Bop"}',
  'a lone surrogate': 'metadata: {name: "\uD800"}',
  'many combining marks': `a: "e${'\u0301'.repeat(20_000)}"`,
  'a terminal sequence': 'a: "\u001B]0;owned\u0007\u001B[2J"',
  JSON: '{"a": 1}',
  'JSON with a comma too much': '{"a": 1,}',
  HTML: '<!doctype html><script>alert(1)</script>',
  'XML with an entity':
    '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
  'a shell script': '#!/bin/sh\nrm -rf /\n',
  'a conflict of git': '<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> theirs\n',
  'a pointer of LFS':
    'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n',
  'an ELF header': '\u007FELF\u0002\u0001\u0001',
  'a PEM key': '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n',
  'percent signs': '%'.repeat(LONG),
  'a directive': '%YAML 9.9\n---\na: 1\n',
  'two directives': '%YAML 1.2\n%YAML 1.2\n---\na: 1\n',
  'a tag of JavaScript': 'a: !!js/function "function () { return 1 }"',
  'a tag of Python': 'a: !!python/object/apply:os.system ["id"]',
  'an unknown tag': 'a: !<tag:example.com,2026:x> 1',
  'an anchor without a name': 'a: & 1',
  'a quote that never ends': `a: "${'x'.repeat(LONG)}`,
  'a single quote that never ends': `a: '${'x'.repeat(LONG)}`,
  'a block that is indented by nobody': 'a: |9\n  x\n',
  'a comment that never ends': `# ${'x'.repeat(LONG)}`,
  'a key without a value': 'a',
  'a list beside a map': '- a\nb: 1\n',
  'a map in a list in a line': '[{a: 1}, {b: ]',
  'tabs for indentation': 'a:\n\tb: 1\n',
};

function nested(): Array<[string, string]> {
  const shapes: Array<[string, string, string]> = [
    ['lists', '[', ']'],
    ['maps', '{a: ', '}'],
    ['lists that never end', '[', ''],
    ['maps that never end', '{"a":', ''],
    ['lists and maps', '[{a: ', '}]'],
    ['keys', '{? ', '}'],
  ];
  return shapes.flatMap(([name, open, close]) =>
    [49, 51, 1_000, 30_000].map((depth): [string, string] => [
      `${depth} ${name} inside each other`,
      `${open.repeat(depth)}1${close.repeat(depth)}`,
    ]),
  );
}

function aliases(): Array<[string, string]> {
  const bomb = (levels: number, width: number) =>
    Array.from({ length: levels }, (_, level) =>
      level === 0
        ? `a0: &a0 [${Array(width).fill('x').join(', ')}]`
        : `a${level}: &a${level} [${Array(width)
            .fill(`*a${level - 1}`)
            .join(', ')}]`,
    ).join('\n');
  return [
    ['a bomb of aliases', bomb(9, 9)],
    ['a wide bomb of aliases', bomb(2, 199)],
    ['a deep bomb of aliases', bomb(40, 2)],
    ['an alias of itself', 'a: &a [*a]'],
    ['an alias of its parent', 'a: &a {b: {c: *a}}'],
    ['an alias of nothing', 'a: *nobody'],
    ['an alias as a key', 'a: &a x\n*a : 1'],
    ['a merge of itself', 'a: &a {<<: *a}'],
    ['a merge of a list', 'a: &a {x: 1}\nb: {<<: [*a, *a, *a]}'],
    ['a merge of a text', 'a: &a x\nb: {<<: *a}'],
    [
      'many merges',
      `a: &a {x: 1}\n${Array.from(
        { length: 190 },
        (_, i) => `b${i}: {<<: *a}`,
      ).join('\n')}`,
    ],
    ['an anchor that is given twice', 'a: &a 1\nb: &a 2\nc: *a'],
    [
      'many anchors',
      Array.from({ length: 3_000 }, (_, i) => `a${i}: &a${i} 1`).join('\n'),
    ],
  ];
}

function keys(): Array<[string, string]> {
  const odd = [
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'hasOwnProperty',
    'valueOf',
    '__defineGetter__',
    'then',
    'toJSON',
    'length',
    '',
    ' ',
    '0',
    '-1',
    'null',
    'true',
    '~',
    '<<',
    '.',
    '..',
    '/',
    '\\',
    '$ref',
    '$schema',
    '*',
    'a.b',
    'a[0]',
    '\u0000',
    '\u202E',
  ];
  const places = [
    (key: string) => `{${key}: {polluted: true}}`,
    (key: string) => `{metadata: {${key}: {polluted: true}}}`,
    (key: string) => `{containers: {${key}: {image: x}}}`,
    (key: string) => `{containers: {web: {image: x, variables: {${key}: x}}}}`,
    (key: string) => `{spec: {${key}: {polluted: true}}}`,
    (key: string) =>
      `{metadata: {labels: {${key}: x}, annotations: {${key}: x}}}`,
  ];
  const twice: Array<[string, string]> = [
    ['a key twice', 'a: 1\na: 2'],
    ['a key twice in JSON', '{"a": 1, "a": 2}'],
    ['a key in two spellings', 'a: 1\n"a": 2\n\'a\': 3'],
    ['numbers as keys', '{1: a, 1.0: b, 0x1: c}'],
    ['a map as a key', '{{a: 1}: 2}'],
    [
      'ten thousand keys',
      `{${Array.from({ length: 10_000 }, (_, i) => `k${i}: 1`).join(', ')}}`,
    ],
    ['a key of 100,000 characters', `${'k'.repeat(LONG)}: 1`],
  ];
  return [
    ...twice,
    ...odd.flatMap(key =>
      places.map((place, index): [string, string] => [
        `the key ${JSON.stringify(key)} at place ${index + 1}`,
        place(JSON.stringify(key)),
      ]),
    ),
  ];
}

/** A value of every kind that is odd where a workload has its fields. */
function scalars(): Array<[string, string]> {
  const values: Record<string, string> = {
    'a large number': '1e400',
    'a number below nothing': '-1',
    'a number that is none': '.nan',
    'no end': '.inf',
    'an octal number': '0o17',
    'a number with underscores': '1_000',
    'more digits than a number has': '9'.repeat(400),
    '100,000 digits': '9'.repeat(LONG),
    'digits and a letter': `"${'9'.repeat(LONG)}x"`,
    'minus zero': '-0',
    'a fraction': '0.1e-320',
    nothing: 'null',
    'a truth': 'true',
    'a Norwegian no': 'no',
    'a date': '2026-11-21',
    'a date that is none': '2026-99-99T99:99:99Z',
    'an empty text': '""',
    'an empty list': '[]',
    'an empty map': '{}',
    'a list of lists': '[[[]]]',
    'a path upwards': '"../../../../etc/passwd"',
    'an absolute path': '/etc/shadow',
    'a path of Windows': '"C:\\\\Windows"',
    'a template': '"${metadata.name}"',
    'a template in a template': '"${${${a}}}"',
    'a template that never ends': '"${metadata.name"',
    'a template of everything': `"${'${metadata.name}'.repeat(2_000)}"`,
    'a command': '"$(id); `id` | id && id"',
    'a format': '"%s%n%x"',
    'a script': '"<script>alert(1)</script>"',
    'an address of metadata': '"http://169.254.169.254/"',
    'a file address': '"file:///etc/passwd"',
    '100,000 spaces': `"${' '.repeat(LONG)}"`,
    '100,000 slashes': `"${'/'.repeat(LONG)}"`,
    '100,000 hyphens': `"${'-'.repeat(LONG)}"`,
    '100,000 dots': `"${'.'.repeat(LONG)}"`,
    '100,000 braces': `"${'${'.repeat(LONG / 2)}"`,
    '100,000 quotes': `"${'\\"'.repeat(LONG / 2)}"`,
    'a text of binary': '!!binary "AAAA"',
  };
  const places: Array<[string, (value: string) => string]> = [
    [
      'as the version',
      v =>
        `{apiVersion: ${v}, metadata: {name: shop}, containers: {web: {image: x}}}`,
    ],
    [
      'as the name',
      v =>
        `{apiVersion: score.dev/v1b1, metadata: {name: ${v}}, containers: {web: {image: x}}}`,
    ],
    [
      'as the image',
      v =>
        `{apiVersion: score.dev/v1b1, metadata: {name: shop}, containers: {web: {image: ${v}}}}`,
    ],
    [
      'as memory',
      v =>
        `{apiVersion: score.dev/v1b1, metadata: {name: shop}, containers: {web: {image: x, resources: {requests: {memory: ${v}}, limits: {cpu: ${v}}}}}}`,
    ],
    [
      'as a port',
      v =>
        `{apiVersion: score.dev/v1b1, metadata: {name: shop}, containers: {web: {image: x}}, service: {ports: {web: {port: ${v}, targetPort: ${v}}}}}`,
    ],
    [
      'as a variable',
      v =>
        `{apiVersion: score.dev/v1b1, metadata: {name: shop}, containers: {web: {image: x, variables: {A: ${v}}}}}`,
    ],
    [
      'as a file',
      v =>
        `{apiVersion: score.dev/v1b1, metadata: {name: shop}, containers: {web: {image: x, files: {/a: {content: ${v}, source: ${v}, mode: ${v}}}}}}`,
    ],
    [
      'as a probe',
      v =>
        `{apiVersion: score.dev/v1b1, metadata: {name: shop}, containers: {web: {image: x, livenessProbe: {httpGet: {path: ${v}, port: ${v}}}}}}`,
    ],
    [
      'as a resource',
      v =>
        `{apiVersion: score.dev/v1b1, metadata: {name: shop}, containers: {web: {image: x, variables: {A: "\${resources.db.host}"}}}, resources: {db: {type: ${v}, params: ${v}, metadata: ${v}}}}`,
    ],
    [
      'as a specification',
      v =>
        `{apiVersion: callboard.dev/v1alpha1, kind: App, metadata: {name: shop}, spec: ${v}}`,
    ],
    [
      'as a placement',
      v =>
        `{apiVersion: callboard.dev/v1alpha1, kind: Environment, metadata: {name: dev}, spec: {placement: {numberOfClusters: ${v}, predicates: ${v}, tolerations: ${v}}, rollout: {type: Progressive, progressive: {maxConcurrency: ${v}, minSuccessTime: ${v}, maxFailures: ${v}}}}}`,
    ],
    [
      'as a status',
      v =>
        `{apiVersion: apps/v1, kind: Deployment, metadata: {name: a, generation: ${v}}, spec: ${v}, status: {conditions: ${v}, replicas: ${v}}}`,
    ],
  ];
  return Object.entries(values).flatMap(([value, text]) =>
    places.map(([place, write]): [string, string] => [
      `${value} ${place}`,
      write(text),
    ]),
  );
}

function structures(): Array<[string, string]> {
  const kinds = [
    'apps/v1 Deployment',
    'apps/v1 StatefulSet',
    'batch/v1 Job',
    'v1 Pod',
    'v1 Node',
    'v1 Service',
    'autoscaling/v2 HorizontalPodAutoscaler',
    'cert-manager.io/v1 Certificate',
    'example.com/v1 Thing',
    'v1 Event',
  ];
  const odd = [
    'null',
    '1',
    '"x"',
    '[]',
    '[null]',
    '[[]]',
    '{}',
    '{conditions: null}',
    '{conditions: {}}',
    '{conditions: [null, 1, "x", [], {}]}',
    '{conditions: [{type: null, status: null}]}',
    '{conditions: [{type: [], status: {}, reason: 1, message: {}}]}',
    '{containerStatuses: [null, {}, {state: null}, {state: {waiting: null}}, {state: {terminated: 1}}]}',
    '{phase: {}}',
    '{observedGeneration: "x", replicas: -1, readyReplicas: 1e309}',
  ];
  return kinds.flatMap(kind => {
    const [apiVersion, name] = kind.split(' ');
    return odd.flatMap(
      (value): Array<[string, string]> => [
        [
          `a ${name} whose status is ${value}`,
          `{apiVersion: ${apiVersion}, kind: ${name}, metadata: {name: a}, status: ${value}}`,
        ],
        [
          `a ${name} whose spec is ${value}`,
          `{apiVersion: ${apiVersion}, kind: ${name}, metadata: {name: a}, spec: ${value}, status: ${value}}`,
        ],
      ],
    );
  });
}

/** Texts that were found to break parsers somewhere, by what is odd about them. Each under 300 kB; larger ones are refused by size. */
export function curatedTexts(): Array<[name: string, text: string]> {
  return [
    ...Object.entries(BYTES),
    ...nested(),
    ...aliases(),
    ...keys(),
    ...scalars(),
    ...structures(),
  ];
}
