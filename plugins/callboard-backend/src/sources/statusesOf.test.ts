import type { App } from '@callboard/plugin-callboard-common';
import { statusesOf } from './statusesOf';

const COMMIT = 'c'.repeat(40);
const HEAD = 'd'.repeat(40);
const URL_OF = 'https://git.example/acme/shop';

type Facts = Parameters<typeof statusesOf>[0];
const inEnvironment = (
  name: string,
  revision: string,
  status: string,
  message = '',
) =>
  ({
    name,
    title: name.toUpperCase(),
    release: { number: 3, revision },
    health: { status, message },
  } as unknown as App['environments'][number]);
const appOf = (facts: Partial<Facts>): Facts => ({
  name: 'shop',
  environments: [],
  ...facts,
});
const said = (
  app: Facts,
  look: object = { commit: COMMIT, head: HEAD, failures: 0 },
) =>
  statusesOf(app, { url: URL_OF, look: { failures: 0, ...look } }, 'page').map(
    ({ context, state, description }) => `${context} ${state} ${description}`,
  );
const refused = {
  code: 'score-invalid',
  what: 'Cannot read score.yaml',
  why: `line 3\n${'x'.repeat(200)}`,
  next: '',
  transient: false,
} as const;

it.each<[string, string[], string[]]>([
  [
    'a release where it is',
    said(
      appOf({
        environments: [
          inEnvironment('dev', HEAD, 'Healthy', 'Runs on 2 clusters'),
          inEnvironment('test', HEAD, 'Degraded'),
          inEnvironment('prod', 'e'.repeat(40), 'Healthy'),
        ],
      }),
    ),
    [
      'callboard/shop success It is release 3',
      'callboard/shop/dev success DEV: Runs on 2 clusters',
      'callboard/shop/test failure TEST: Degraded',
    ],
  ],
  [
    'a build',
    said(
      appOf({
        build: { revision: HEAD, state: 'building' } as App['build'],
        environments: [inEnvironment('dev', 'e'.repeat(40), 'Healthy')],
      }),
    ),
    ['callboard/shop pending It is being built'],
  ],
  [
    'a failed build',
    said(
      appOf({
        build: {
          revision: HEAD,
          state: 'failed',
          problem: { ...refused, why: 'npm ci failed' },
        } as App['build'],
      }),
    ),
    ['callboard/shop failure The build failed: npm ci failed'],
  ],
  [
    'a refusal, in 140 characters of one line',
    said(appOf({ environments: [inEnvironment('dev', HEAD, 'Healthy')] }), {
      commit: COMMIT,
      head: HEAD,
      problem: refused,
    }),
    [
      `callboard/shop failure ${`Cannot read score.yaml: line 3 ${'x'.repeat(
        200,
      )}`.slice(0, 139)}…`,
    ],
  ],
  ['nothing of what is not known yet', said(appOf({}), {}), []],
])('tells of %s', (_, statuses, expected) => {
  expect(statuses).toEqual(expected);
});
