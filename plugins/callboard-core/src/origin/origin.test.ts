import { parseScore } from '@callboard/plugin-callboard-common';
import { pinImages } from './pinImages';
import { readProvenance } from './readProvenance';

const digest = (letter: string) => letter.repeat(64);
const image = (name: string, letter = 'a') =>
  `registry.example/${name}@sha256:${digest(letter)}`;

function score(name: string, containers: Record<string, string>) {
  const parsed = parseScore(
    JSON.stringify({
      apiVersion: 'score.dev/v1b1',
      metadata: { name },
      containers: Object.fromEntries(
        Object.entries(containers).map(([each, of]) => [each, { image: of }]),
      ),
    }),
    { file: `${name}.score.yaml` },
  );
  if (!parsed.ok) throw new Error(parsed.problem.why);
  return parsed.value;
}

const SHOP = [
  score('shop', { web: '.', proxy: 'envoy:1.30' }),
  score('jobs', { worker: '.', web: 'nginx' }),
];

/** What runs, or every refusal, in few words. */
function pinned(images: Record<string, string>): string[] {
  const answer = pinImages(SHOP, images);
  if (!answer.ok)
    return answer.problems.map(
      ({ code, what, next, at }) =>
        `${code} ${what} ${at ? `(${at.file}) ` : ''}${next}`,
    );
  return answer.workloads.flatMap(({ metadata, containers }) =>
    Object.entries(containers).map(
      ([name, of]) => `${metadata.name}/${name} ${of.image.slice(0, 26)}`,
    ),
  );
}

describe('images that were built elsewhere', () => {
  it.each<{
    name: string;
    given: Record<string, string>;
    expected: unknown[];
  }>([
    {
      name: 'take the place of "." and of what the file names',
      given: {
        'shop/web': image('shop'),
        worker: image('jobs'),
        web: image('w'),
      },
      expected: [
        'shop/web registry.example/shop@sha2',
        'shop/proxy envoy:1.30',
        'jobs/worker registry.example/jobs@sha2',
        'jobs/web registry.example/w@sha256:',
      ],
    },
    {
      name: 'are refused where they are tags, all at once',
      given: { web: 'registry.example/shop:1.2', worker: 'jobs' },
      expected: [
        expect.stringMatching(/^image-not-pinned .* container "web" /),
        expect.stringMatching(/^image-not-pinned .* container "worker" /),
      ],
    },
    {
      name: 'are refused where they are no names',
      given: {
        web: `javascript:alert(1)//@sha256:${digest('a').slice(1)}`,
        worker: image('Jobs one'),
      },
      expected: [
        expect.stringMatching(/^image-not-pinned .* container "web" /),
        expect.stringMatching(/^image-not-pinned .* container "worker" /),
      ],
    },
    {
      name: 'are refused for containers that nobody has, with the nearest name',
      given: {
        wbe: image('a'),
        worker: image('b'),
        web: image('c'),
        x: image('d'),
      },
      expected: [
        'container-unknown Cannot place the image for "wbe" Write "web"',
        'container-unknown Cannot place the image for "x" Use one of "web", "proxy", "worker"',
      ],
    },
    {
      name: 'are missed where a container has none, at its line',
      given: { web: image('a') },
      expected: [
        expect.stringMatching(
          /^image-not-given .*"worker" of workload "jobs" \(jobs.score.yaml\) Give/,
        ),
      ],
    },
    {
      name: 'know no names that every object has',
      given: { web: image('a'), worker: image('b'), constructor: image('c') },
      expected: [expect.stringMatching(/^container-unknown .*"constructor"/)],
    },
  ])('$name', ({ given, expected }) => {
    expect(pinned(given)).toEqual(expected);
  });
});

const STATEMENT = {
  _type: 'https://in-toto.io/Statement/v1',
  subject: [{ name: 'x', digest: { sha256: digest('a') } }],
  predicateType: 'https://slsa.dev/provenance/v1',
  predicate: {
    buildDefinition: {
      buildType: 'https://actions.github.io/buildtypes/workflow/v1',
      resolvedDependencies: [
        { uri: 'pkg:docker/node', digest: { sha256: digest('c') } },
        {
          uri: 'git+https://github.example/acme/shop@refs/heads/main',
          digest: { gitCommit: '1a2b3c4d' },
        },
      ],
    },
    runDetails: {
      builder: { id: 'https://github.example/runners/hosted' },
      metadata: { invocationId: 'https://github.example/acme/shop/runs/7' },
    },
  },
};

describe('provenance', () => {
  const IMAGES = [image('web'), image('jobs', 'b')];

  it('of SLSA 1 says who built what, and which images it names', () => {
    expect(readProvenance(STATEMENT, IMAGES)).toEqual({
      ok: true,
      value: {
        builder: 'https://github.example/runners/hosted',
        buildType: 'https://actions.github.io/buildtypes/workflow/v1',
        source: 'git+https://github.example/acme/shop@refs/heads/main',
        sourceCommit: '1a2b3c4d',
        run: 'https://github.example/acme/shop/runs/7',
        images: [image('web')],
      },
    });
  });

  it('of SLSA 0.2 is read too', () => {
    const statement = {
      ...STATEMENT,
      _type: 'https://in-toto.io/Statement/v0.1',
      predicateType: 'https://slsa.dev/provenance/v0.2',
      predicate: {
        builder: { id: 'https://gitlab.example/runners/3' },
        buildType: 'gitlab',
        invocation: {
          configSource: {
            uri: 'https://gitlab.example/a',
            digest: { sha1: '9f' },
          },
        },
        metadata: { buildInvocationId: '42' },
      },
    };
    expect(readProvenance(statement, [])).toEqual({
      ok: true,
      value: {
        builder: 'https://gitlab.example/runners/3',
        buildType: 'gitlab',
        source: 'https://gitlab.example/a',
        sourceCommit: '9f',
        run: '42',
        images: [],
      },
    });
  });

  it.each([
    {
      name: 'what is none',
      given: { builder: 'me' },
      why: /not an in-toto statement/,
    },
    {
      name: 'a statement of another kind',
      given: { ...STATEMENT, predicateType: 'https://cyclonedx.org/bom' },
      why: /about something else/,
    },
    {
      name: 'no predicate',
      given: { ...STATEMENT, predicate: [] },
      why: /else/,
    },
  ])('is refused where it is $name', ({ given, why }) => {
    expect(readProvenance(given, [])).toMatchObject({
      ok: false,
      problem: {
        code: 'provenance-unreadable',
        why: expect.stringMatching(why),
      },
    });
  });

  it('is no longer than anybody reads, and on one line', () => {
    const answer = readProvenance(
      {
        ...STATEMENT,
        subject: 'x',
        predicate: { builder: { id: `a\n\u001b[2J${'b'.repeat(9_999)}` } },
      },
      IMAGES,
    );
    expect(answer).toMatchObject({ ok: true, value: { images: [] } });
    const builder = answer.ok ? answer.value.builder : '';
    expect(builder).toMatch(/^a \[2Jb+$/);
    expect(builder).toHaveLength(500);
  });
});
