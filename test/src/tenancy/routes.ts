import type { Need } from './policy';

/** One request of an operation. `{app}` stands for the app it is about. */
export interface Line {
  need: Need;
  path: string;
  body?: (caller: { owner: string }) => unknown;
  /** Statuses of the route itself, for who may. */
  served: readonly number[];
  /** A git token that somebody created is good for it too, as for a push. */
  takesGitTokens?: true;
}

const READS_APP = { need: 'see-app', served: [200] } as const;
const APP = '/apps/{app}';
const DEV = `${APP}/environments/dev`;
const ON_DEV = `${DEV}/clusters/dev-1`;
const PROD = `${APP}/environments/prod`;
/** A day's end and begin that no history has. */
const NEVER = '2001-01-01T00:00:00Z';
/** Creates nothing: it holds no score.yaml. */
const UNFINISHED = { 'README.md': 'Later' };

const steer = (): unknown => undefined;

/** Settings in an environment, and those for all of them. */
function settingRoutes(
  path: string,
  base: string,
  need: Need,
): Record<string, readonly Line[]> {
  return {
    [`get ${path}/settings`]: [{ ...READS_APP, path: `${base}/settings` }],
    [`put ${path}/settings/{setting}`]: [
      {
        need,
        path: `${base}/settings/LOG_LEVEL`,
        body: () => ({ value: 'debug' }),
        served: [200, 404],
      },
    ],
    [`delete ${path}/settings/{setting}`]: [
      {
        need,
        path: `${base}/settings/NEVER_SET`,
        served: [404],
      },
    ],
    [`post ${path}/settings/{setting}/restoration`]: [
      {
        need,
        path: `${base}/settings/NEVER_SET/restoration`,
        body: () => ({ version: 1 }),
        served: [404, 409],
      },
    ],
  };
}

/** Every operation of the API, with requests that show what it gives to whom. */
export const ROUTES: Record<string, readonly Line[]> = {
  'get /apps': [{ need: 'sign-in', path: '/apps', served: [200] }],
  'post /apps': [
    {
      need: 'create',
      path: '/apps',
      body: ({ owner }) => ({ name: 'fresh', owner, files: UNFINISHED }),
      served: [422],
    },
    {
      need: 'create-for-others',
      path: '/apps',
      body: () => ({
        name: 'fresh',
        owner: 'group:default/nobody',
        files: UNFINISHED,
      }),
      served: [422],
    },
  ],
  'get /apps/{app}': [
    { ...READS_APP, path: APP },
    { need: 'sign-in', path: `${APP}?at=${NEVER}`, served: [400] },
  ],
  'get /apps/{app}/releases': [{ ...READS_APP, path: `${APP}/releases` }],
  'post /apps/{app}/releases': [
    {
      need: 'change-app',
      path: `${APP}/releases`,
      body: () => ({
        files: UNFINISHED,
        images: {},
        revision: { commit: '1a2b3c4' },
      }),
      served: [422],
      takesGitTokens: true,
    },
  ],
  'get /apps/{app}/source': [{ ...READS_APP, path: `${APP}/source` }],
  'put /apps/{app}/source': [
    {
      need: 'change-app',
      path: `${APP}/source`,
      body: () => ({ url: 'https://git.example/acme/shop' }),
      served: [422],
    },
  ],
  'delete /apps/{app}/source': [
    { need: 'change-app', path: `${APP}/source`, served: [404] },
  ],
  'post /apps/{app}/source/refresh': [
    { need: 'change-app', path: `${APP}/source/refresh`, served: [404] },
  ],
  'get /apps/{app}/releases/{release}/progress': [
    {
      need: 'see-app',
      path: `${APP}/releases/9/progress`,
      served: [404],
      takesGitTokens: true,
    },
  ],
  'get /apps/{app}/timeline': [{ ...READS_APP, path: `${APP}/timeline` }],
  'get /apps/{app}/builds/{revision}/log': [
    { need: 'see-app', path: `${APP}/builds/1a2b3c4d/log`, served: [404] },
  ],
  'get /apps/{app}/releases/{release}/sbom': [
    { need: 'see-app', path: `${APP}/releases/1/sbom`, served: [404] },
    { need: 'see-app', path: `${APP}/releases/9/sbom`, served: [404] },
  ],
  'get /apps/{app}/releases/{release}/provenance': [
    { need: 'see-app', path: `${APP}/releases/1/provenance`, served: [404] },
  ],
  'get /apps/{app}/catalog-info': [
    { ...READS_APP, path: `${APP}/catalog-info` },
  ],
  'get /apps/{app}/environments/{environment}/placement': [
    { ...READS_APP, path: `${DEV}/placement` },
    {
      need: 'see-app',
      path: `${APP}/environments/no/placement`,
      served: [404],
    },
  ],
  'get /apps/{app}/environments/{environment}/releases/{release}/diff': [
    { ...READS_APP, path: `${DEV}/releases/1/diff` },
    { need: 'see-app', path: `${DEV}/releases/9/diff`, served: [404] },
  ],
  'post /apps/{app}/environments/{environment}/promotions': [
    {
      need: 'change-app',
      path: `${APP}/environments/stage/promotions`,
      body: () => ({ release: 1 }),
      served: [202, 409],
    },
    {
      need: 'approve',
      path: `${PROD}/promotions`,
      body: () => ({ release: 1 }),
      served: [202, 409],
    },
  ],
  'patch /apps/{app}': [
    {
      need: 'describe-app',
      path: `${APP}?dryRun=true`,
      body: () => ({ title: 'Mine' }),
      served: [200],
    },
    {
      need: 'describe-app',
      path: APP,
      body: () => ({ owner: 'group:default/nobody-there' }),
      served: [422],
    },
  ],
  'delete /apps/{app}': [
    { need: 'change-app', path: APP, body: () => ({}), served: [422] },
    { need: 'change-app', path: `${APP}?dryRun=true`, served: [200] },
  ],
  'delete /apps/{app}/environments/{environment}': [
    {
      need: 'change-app',
      path: DEV,
      body: () => ({ confirm: 'another' }),
      served: [422],
    },
    { need: 'change-app', path: `${DEV}?dryRun=true`, served: [200] },
    {
      need: 'change-app',
      path: `${APP}/environments/no`,
      body: () => ({ confirm: 'no' }),
      served: [404],
    },
  ],
  'post /apps/{app}/environments/{environment}/actions': (
    ['stop', 'restart', 'scale', 'start'] as const
  ).map(action => ({
    need: 'change-app',
    path: `${DEV}/actions`,
    body: () => ({ action }),
    served: [202, 409],
  })),
  'get /apps/{app}/environments/{environment}/rollout': [
    { need: 'see-app', path: `${DEV}/rollout`, served: [404] },
  ],
  'post /apps/{app}/environments/{environment}/rollout/{action}': (
    ['pause', 'resume', 'abort', 'rollback'] as const
  ).map(action => ({
    need: 'change-app',
    path: `${DEV}/rollout/${action}`,
    body: steer,
    served: [404],
  })),
  'get /apps/{app}/environments/{environment}/resources': [
    { need: 'see-app', path: `${DEV}/resources`, served: [200] },
  ],
  'get /apps/{app}/environments/{environment}/usage': [
    { need: 'see-app', path: `${DEV}/usage`, served: [200] },
  ],
  'post /apps/{app}/environments/{environment}/resources/{resource}/rotation': [
    {
      need: 'change-app',
      path: `${DEV}/resources/db/rotation`,
      body: steer,
      served: [404],
    },
  ],
  'get /deleted-apps/data': [
    { need: 'sign-in', path: '/deleted-apps/data', served: [200] },
  ],
  'get /apps/{app}/data': [
    { need: 'see-app', path: `${APP}/data`, served: [200] },
  ],
  'delete /apps/{app}/environments/{environment}/data/{cluster}': [
    {
      need: 'change-app',
      path: `${DEV}/data/spare-1`,
      body: steer,
      served: [404],
    },
    {
      need: 'change-app',
      path: `${DEV}/data/spare-1?forget=true`,
      body: steer,
      served: [404],
    },
    {
      need: 'approve',
      path: `${PROD}/data/spare-1`,
      body: steer,
      served: [404],
    },
  ],
  ...settingRoutes('/apps/{app}', APP, 'change-everywhere'),
  ...settingRoutes('/apps/{app}/environments/{environment}', DEV, 'change-app'),
  'get /apps/{app}/environments/{environment}/logs': [
    { ...READS_APP, path: `${DEV}/logs` },
    { need: 'see-app', path: `${DEV}/logs?cluster=spare-1`, served: [404] },
  ],
  'get /apps/{app}/environments/{environment}/clusters/{cluster}/kubernetes': [
    { ...READS_APP, path: `${ON_DEV}/kubernetes` },
    { need: 'see-app', path: `${DEV}/clusters/no/kubernetes`, served: [404] },
  ],
  'get /fleet': [{ need: 'see-clusters', path: '/fleet', served: [200] }],
  'post /fleet/what-if': [
    {
      need: 'see-clusters',
      path: '/fleet/what-if',
      body: () => ({ changes: [{ kind: 'drain', cluster: 'dev-1' }] }),
      served: [200],
    },
  ],
  'get /fleet/joining': [
    { need: 'manage-clusters', path: '/fleet/joining', served: [200] },
  ],
  'get /environments': [
    { need: 'see-clusters', path: '/environments', served: [200] },
  ],
  'get /blueprints': [
    { need: 'see-clusters', path: '/blueprints', served: [200] },
  ],
  'get /blueprints/{blueprint}/versions/{version}': [
    {
      need: 'see-clusters',
      path: '/blueprints/golden/versions/3',
      served: [404],
    },
  ],
  'post /blueprints/{blueprint}/versions/{version}/what-if': [
    {
      need: 'see-clusters',
      path: '/blueprints/golden/versions/3/what-if',
      served: [404],
    },
  ],
  'post /blueprints/{blueprint}/rollouts': [
    {
      need: 'manage-clusters',
      path: '/blueprints/golden/rollouts',
      body: () => ({ version: 99, why: 'to see who may' }),
      served: [404],
    },
  ],
  'get /blueprints/{blueprint}/rollouts/{id}': [
    {
      need: 'see-clusters',
      path: '/blueprints/golden/rollouts/99',
      served: [404],
    },
  ],
  'post /blueprints/{blueprint}/rollouts/{id}/actions': [
    {
      need: 'manage-clusters',
      path: '/blueprints/golden/rollouts/99/actions',
      body: () => ({ action: 'pause' }),
      served: [404],
    },
  ],
  'get /clusters': [{ need: 'see-clusters', path: '/clusters', served: [200] }],
  'post /clusters': [
    {
      need: 'manage-clusters',
      path: '/clusters',
      body: () => ({ name: 'dev-1' }),
      served: [409],
    },
  ],
  'get /clusters/{cluster}': [
    { need: 'see-clusters', path: '/clusters/dev-1', served: [200] },
    { need: 'see-clusters', path: '/clusters/none', served: [404] },
  ],
  'delete /clusters/{cluster}': [
    { need: 'manage-clusters', path: '/clusters/dev-1', served: [409] },
    { need: 'manage-clusters', path: '/clusters/none', served: [404] },
  ],
  'post /clusters/{cluster}/join': [
    { need: 'manage-clusters', path: '/clusters/dev-1/join', served: [409] },
    { need: 'manage-clusters', path: '/clusters/none/join', served: [404] },
  ],
  ...Object.fromEntries(
    (['cordon', 'drain', 'uncordon'] as const).map(verb => [
      `post /clusters/{cluster}/${verb}`,
      ['spare-1', 'none'].map(
        (cluster): Line => ({
          need: 'manage-clusters',
          path: `/clusters/${cluster}/${verb}`,
          body: () => ({ why: 'It is tested' }),
          served: [cluster === 'none' ? 404 : 202],
        }),
      ),
    ]),
  ),
  'patch /clusters/{cluster}/labels': [
    {
      need: 'manage-clusters',
      path: '/clusters/spare-1/labels',
      body: () => ({ labels: { tier: 'gold' } }),
      served: [202],
    },
  ],
  'get /tokens': [
    { need: 'have-tokens', path: '/tokens', served: [200] },
    { need: 'have-tokens', path: '/tokens?app={app}', served: [200] },
  ],
  'post /tokens': [
    {
      need: 'have-tokens',
      path: '/tokens',
      body: () => ({ name: '-' }), // is none: nothing is created
      served: [422],
    },
  ],
  'delete /tokens/{id}': [
    { need: 'have-tokens', path: '/tokens/none', served: [404] },
  ],
  'get /policies': [{ need: 'see-clusters', path: '/policies', served: [200] }],
  'post /policies/{policy}/trial': [
    {
      need: 'manage-clusters',
      path: '/policies/none/trial',
      body: () => ({ days: 30 }),
      served: [404],
    },
  ],
  'get /exceptions': [
    { need: 'see-clusters', path: '/exceptions', served: [200] },
  ],
  'post /exceptions': [
    {
      need: 'manage-clusters',
      path: '/exceptions',
      body: () => ({ policy: 'none', target: 'shop', until: NEVER, why: '-' }),
      served: [404, 422],
    },
  ],
  'delete /exceptions/{id}': [
    { need: 'manage-clusters', path: '/exceptions/none', served: [404] },
  ],
  'get /audit': [{ need: 'sign-in', path: '/audit', served: [200] }],
  'get /audit.csv': [{ need: 'sign-in', path: '/audit.csv', served: [200] }],
  'get /observed-apps/{namespace}/{name}': [
    {
      need: 'sign-in',
      path: '/observed-apps/default/nowhere',
      served: [404],
    },
  ],
  'get /history': [{ need: 'sign-in', path: '/history', served: [200] }],
  'get /retention': [
    { need: 'manage-clusters', path: '/retention', served: [200] },
  ],
  'get /journal': [
    { need: 'read-journal', path: '/journal', served: [200] },
    { need: 'read-journal', path: '/journal?app={app}', served: [200] },
  ],
};

/** Routes of the plugin that the OpenAPI document leaves out, and who keeps them. */
export const OTHER_ROUTES = [
  'get /v1/openapi.json', // nobody's secret
  'get /agents/:cluster/install.yaml', // the token is the right
  'get /agents/connect', // says that it takes WebSockets
  'get /git/:repository/info/refs', // git's own sign-in: git.test.ts
  'post /git/:repository/git-upload-pack',
  'post /git/:repository/git-receive-pack',
  'post /hooks/source', // the signature is the right: callboard-backend/src/sources
  // Backstage's own, below every plugin.
  'delete /.backstage/auth/v1/cookie',
  'get /.backstage/auth/v1/cookie',
  'get /.backstage/auth/v1/jwks.json',
  'get /.well-known/backstage/permissions/metadata',
  'post /.well-known/backstage/permissions/apply-conditions',
];
