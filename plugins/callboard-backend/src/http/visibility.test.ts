import { authServiceFactory } from '@backstage/backend-defaults/auth';
import { httpAuthServiceFactory } from '@backstage/backend-defaults/httpAuth';
import { permissionsServiceFactory } from '@backstage/backend-defaults/permissions';
import { userInfoServiceFactory } from '@backstage/backend-defaults/userInfo';
import { createBackendModule } from '@backstage/backend-plugin-api';
import authBackend from '@backstage/plugin-auth-backend';
import guestProvider from '@backstage/plugin-auth-backend-module-guest-provider';
import permissionBackend from '@backstage/plugin-permission-backend';
import {
  AuthorizeResult,
  isResourcePermission,
} from '@backstage/plugin-permission-common';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import {
  type Cluster,
  type EnvironmentSummary,
  type DataLeft,
  type KeptData,
  type JournalEntry,
  type PlacementAnswer,
  type PolicyTrial,
  type Result,
  type WhatIfQuestion,
  type WhatIfReport,
  RESOURCE_TYPE_APP,
  ok,
} from '@callboard/plugin-callboard-common';
import { eventually } from '@callboard/testing';
import { MemoryControlPlane } from '../__testUtils__/MemoryControlPlane';
import { SCORE, TestPortal } from '../__testUtils__/TestPortal';
import { openApiDocument } from '../schema';
import { appConditions, createAppConditionalDecision } from '../permissions';

const AT = '2026-11-20T10:00:00.000Z';
const SERVICE_TOKEN = 'service-0123456789abcdef';
const HIDDEN = 'classified';
const APPS = ['shop', HIDDEN];
const HEALTHY = { status: 'Healthy', reason: 'Ready', message: '' } as const;
const named = APPS.map(app => ({
  app,
  environment: 'dev',
  environmentTitle: 'Development',
}));

const dataOf = (of: (typeof named)[number]): DataLeft => ({
  ...of,
  cluster: 'eu-1',
  resources: [{ name: 'db', type: 'postgres' }],
  sentence: `The data of db (postgres) stays on eu-1, beside ${HIDDEN}`,
  isListed: true,
  deletedBy: `kubectl --context eu-1 delete namespace ${of.app}--dev`,
});

/** A refusal whose words name an app. */
const refusedFor = (name: string) => [
  {
    clusters: ['us-1'],
    reasons: [
      { rule: 'has-capacity', message: `Not enough capacity beside ${name}` },
    ],
    remedy: `Move "${name}" and ${name}/dev away`,
  },
];
const REFUSED_WITHOUT_NAMES = [
  {
    clusters: ['us-1'],
    reasons: [
      {
        rule: 'has-capacity',
        message: 'Not enough capacity beside another app',
      },
    ],
    remedy: 'Move "another app" and another app/dev away',
  },
];

const CLUSTER: Cluster = {
  name: 'eu-1',
  title: 'Frankfurt',
  labels: {},
  claims: {},
  taints: [],
  freshness: 'live',
  observedAt: AT,
  connection: {
    kind: 'kubeconfig',
    since: AT,
    roundTripMs: 1,
    problem: {
      code: 'cluster-refused',
      what: 'Cannot apply',
      why: `namespace "${HIDDEN}--dev" is refused`,
      next: 'Look at it',
      transient: false,
    },
  },
  blueprint: null,
  scheduling: {
    state: 'draining',
    since: AT,
    by: 'user:default/ana',
    why: `${HIDDEN} is too loud`,
    left: named.map(each => ({
      ...each,
      state: 'moving',
      to: [],
      message: 'It is being placed elsewhere',
    })),
  },
  health: {
    status: 'Degraded',
    reason: 'AllHealthy',
    message: `${HIDDEN} in dev: it ends with exit code 3`,
  },
  apps: named.map(each => ({ ...each, release: 1, health: HEALTHY })),
  nodes: { ready: 1, total: 1 },
  sentence: 'eu-1 is live, runs no blueprint, and carries 2 apps.',
};

function entry(facts: Partial<JournalEntry>): JournalEntry {
  return {
    sequence: 1,
    at: AT,
    actor: 'system:fleet',
    action: 'cluster.revoked',
    message: 'It happened',
    hash: '0',
    ...facts,
  };
}

const JOURNAL: JournalEntry[] = [
  ...APPS.map((app, index) => entry({ sequence: 3 + index, app })),
  entry({
    sequence: 2,
    cluster: 'eu-1',
    why: `shop in dev, ${HIDDEN} in dev ran there`,
  }),
];

type Asked = { onlyApps?: readonly string[] };

function isReported({ onlyApps }: Asked = {}) {
  return ({ app }: { app: string }) => onlyApps?.includes(app) ?? true;
}

/** As the control plane assembles it of the apps that count. */
function clusterOf(asked: Asked | undefined): Cluster {
  const { scheduling, apps } = CLUSTER;
  const left =
    scheduling.state === 'draining'
      ? scheduling.left.filter(isReported(asked))
      : [];
  return {
    ...CLUSTER,
    scheduling: { ...scheduling, left } as Cluster['scheduling'],
    apps: apps.filter(isReported(asked)),
  };
}

/** Names every app wherever an answer can name one. */
class NamingControlPlane extends MemoryControlPlane {
  removable = APPS.map(app => ({
    app,
    image: `bundle.callboard.dev/${app}`,
    releases: [1],
    bytes: 5,
  }));

  async listClusters(asked?: Asked): Promise<Cluster[]> {
    return [clusterOf(asked)];
  }

  async listEnvironments(asked?: Asked): Promise<EnvironmentSummary[]> {
    const [environment] = await super.listEnvironments();
    const names = APPS.filter(app => isReported(asked)({ app }));
    return [
      {
        ...environment,
        apps: { total: names.length, needAttention: names.length, names },
      },
    ];
  }

  async getCluster(_: string, asked?: Asked): Promise<Result<Cluster>> {
    return ok(clusterOf(asked));
  }

  async getPlacement(): Promise<Result<PlacementAnswer>> {
    const [{ reasons, remedy }] = refusedFor(HIDDEN);
    return ok({
      decidedAt: AT,
      satisfied: true,
      message: `Waits for ${HIDDEN}`,
      verdicts: [{ cluster: 'eu-1', verdict: 'refused', reasons, remedy }],
    });
  }

  async askWhatIf(
    _: WhatIfQuestion,
    asked?: Asked,
  ): Promise<Result<WhatIfReport>> {
    const reported = named.filter(isReported(asked));
    return ok({
      at: AT,
      sentence: `Draining eu-1 moves ${reported.length} apps`,
      moves: reported.map(each => ({ ...each, from: ['eu-1'], to: ['us-1'] })),
      shortages: reported.map(each => ({
        ...each,
        wanted: 2,
        found: 1,
        stuck: [],
        refused: refusedFor(HIDDEN),
      })),
      lostSpread: reported.map(each => ({
        ...each,
        topologyKey: 'zone',
        skew: 2,
      })),
      stays: reported,
      data: reported.map(dataOf),
    });
  }

  async listDataOfDeletedApps(asked?: Asked): Promise<KeptData[]> {
    return named.filter(isReported(asked)).map(of => ({
      ...of,
      cluster: 'eu-1',
      resources: [{ name: 'db', type: 'postgres' }],
      since: AT,
      sentence: 'The data of db (postgres) stays on eu-1',
      isClusterRegistered: true,
      mayDelete: false,
      deletedBy: `kubectl --context eu-1 delete namespace ${of.app}--dev`,
    }));
  }

  async listPolicies(asked?: Asked) {
    const reported = named.filter(isReported(asked));
    const policy = {
      name: 'ports',
      title: 'ports',
      mode: 'deny' as const,
      sentence: 'It refuses',
      holds: ['No ports'],
      denied: reported.length,
      warned: 0,
      audited: 0,
      exceptions: 0,
      findings: reported.map(each => ({
        ...each,
        release: 1,
        message: 'No ports',
        count: 1,
        clusters: [],
      })),
    };
    return { items: [policy], deployments: reported.length, pending: 0 };
  }

  async tryPolicy({
    days,
    ...asked
  }: Parameters<MemoryControlPlane['tryPolicy']>[0] & {
    days: number;
  } & Asked): Promise<Result<PolicyTrial>> {
    const reported = named.filter(isReported(asked));
    return ok({
      days,
      changes: reported.length,
      refused: reported.length,
      sentence: `${reported.length} refused`,
      items: reported.map(each => ({
        ...each,
        release: 1,
        at: AT,
        by: 'user:default/ana',
        message: 'No ports',
      })),
    });
  }

  async endException(): Promise<Result<void>> {
    return ok(undefined);
  }

  async listExceptions(asked?: Asked) {
    return named.filter(isReported(asked)).map(({ app }) => ({
      id: app,
      policy: 'ports',
      target: `${app}/dev`,
      until: AT,
      why: 'It moves',
      createdBy: 'user:default/ana',
      createdAt: AT,
    }));
  }

  async listJournal({
    onlyApps,
  }: Parameters<MemoryControlPlane['listJournal']>[0]) {
    return JOURNAL.filter(
      ({ app }) => app === undefined || !onlyApps || onlyApps.includes(app),
    );
  }

  async removeCluster({ cluster }: { cluster: string }) {
    return ok({
      name: cluster,
      apps: [...CLUSTER.apps],
      data: named.map(dataOf),
    });
  }
}

/** A policy that denies everything about the apps of one group, and nothing else. */
const policy = createBackendModule({
  pluginId: 'permission',
  moduleId: 'deny-secret-apps',
  register(env) {
    env.registerInit({
      deps: { policy: policyExtensionPoint },
      async init({ policy: point }) {
        point.setPolicy({
          handle: async ({ permission }) =>
            isResourcePermission(permission, RESOURCE_TYPE_APP)
              ? createAppConditionalDecision(permission, {
                  not: appConditions.isAppOwner({
                    claims: ['group:default/secret'],
                  }),
                })
              : { result: AuthorizeResult.ALLOW },
        });
      },
    });
  },
});

const OF_APP = `/apps/${HIDDEN}`;
const IN_DEV = `${OF_APP}/environments/dev`;
const ON_EU = `${IN_DEV}/clusters/eu-1`;

/**
 * Every operation of the API. `refused`: it is about the hidden app. `hides`:
 * who may read everything reads its name there. `none`: it names no app at all.
 */
const OPERATIONS: Record<
  string,
  { path: string; body?: object; app: 'refused' | 'hides' | 'none' }
> = {
  'get /apps': { path: '/apps', app: 'hides' },
  'post /apps': {
    path: '/apps',
    body: {
      name: 'another',
      owner: 'user:development/guest',
      files: { 'score.yaml': SCORE },
    },
    app: 'none',
  },
  'get /apps/{app}': { path: OF_APP, app: 'refused' },
  'get /apps/{app}/releases': { path: `${OF_APP}/releases`, app: 'refused' },
  'post /apps/{app}/releases': {
    path: `${OF_APP}/releases`,
    body: {
      files: { 'score.yaml': SCORE },
      images: {},
      revision: { commit: '1a2b3c4d' },
    },
    app: 'refused',
  },
  'get /apps/{app}/releases/{release}/progress': {
    path: `${OF_APP}/releases/1/progress`,
    app: 'refused',
  },
  'get /apps/{app}/timeline': { path: `${OF_APP}/timeline`, app: 'refused' },
  'get /apps/{app}/builds/{revision}/log': {
    path: `${OF_APP}/builds/1a2b3c4d/log`,
    app: 'refused',
  },
  'get /apps/{app}/releases/{release}/sbom': {
    path: `${OF_APP}/releases/1/sbom`,
    app: 'refused',
  },
  'get /apps/{app}/releases/{release}/provenance': {
    path: `${OF_APP}/releases/1/provenance`,
    app: 'refused',
  },
  'get /apps/{app}/catalog-info': {
    path: `${OF_APP}/catalog-info`,
    app: 'refused',
  },
  'get /apps/{app}/environments/{environment}/placement': {
    path: `${IN_DEV}/placement`,
    app: 'refused',
  },
  'post /apps/{app}/environments/{environment}/promotions': {
    path: `${IN_DEV}/promotions`,
    body: { release: 1 },
    app: 'refused',
  },
  'get /apps/{app}/environments/{environment}/releases/{release}/diff': {
    path: `${IN_DEV}/releases/1/diff`,
    app: 'refused',
  },
  'get /apps/{app}/environments/{environment}/rollout': {
    path: `${IN_DEV}/rollout`,
    app: 'refused',
  },
  'post /apps/{app}/environments/{environment}/rollout/{action}': {
    path: `${IN_DEV}/rollout/pause`,
    app: 'refused',
  },
  'patch /apps/{app}': {
    path: `${OF_APP}?dryRun=true`,
    body: { title: 'Mine' },
    app: 'refused',
  },
  'delete /apps/{app}': {
    path: `${OF_APP}?dryRun=true`,
    app: 'refused',
  },
  'delete /apps/{app}/environments/{environment}': {
    path: `${IN_DEV}?dryRun=true`,
    app: 'refused',
  },
  'post /apps/{app}/environments/{environment}/actions': {
    path: `${IN_DEV}/actions`,
    body: { action: 'stop' },
    app: 'refused',
  },
  'get /apps/{app}/environments/{environment}/resources': {
    path: `${IN_DEV}/resources`,
    app: 'refused',
  },
  'get /apps/{app}/environments/{environment}/usage': {
    path: `${IN_DEV}/usage`,
    app: 'refused',
  },
  'post /apps/{app}/environments/{environment}/resources/{resource}/rotation': {
    path: `${IN_DEV}/resources/db/rotation`,
    app: 'refused',
  },
  'get /deleted-apps/data': { path: '/deleted-apps/data', app: 'hides' },
  'get /apps/{app}/data': {
    path: `${OF_APP}/data`,
    app: 'refused',
  },
  'delete /apps/{app}/environments/{environment}/data/{cluster}': {
    path: `${IN_DEV}/data/dev-1`,
    app: 'refused',
  },
  'get /apps/{app}/settings': {
    path: `${OF_APP}/settings`,
    app: 'refused',
  },
  'get /apps/{app}/source': { path: `${OF_APP}/source`, app: 'refused' },
  'put /apps/{app}/source': {
    path: `${OF_APP}/source`,
    body: { url: 'https://git.test/acme/shop' },
    app: 'refused',
  },
  'delete /apps/{app}/source': { path: `${OF_APP}/source`, app: 'refused' },
  'post /apps/{app}/source/refresh': {
    path: `${OF_APP}/source/refresh`,
    app: 'refused',
  },
  'put /apps/{app}/settings/{setting}': {
    path: `${OF_APP}/settings/LOG_LEVEL`,
    body: { value: 'debug' },
    app: 'refused',
  },
  'delete /apps/{app}/settings/{setting}': {
    path: `${OF_APP}/settings/LOG_LEVEL`,
    app: 'refused',
  },
  'post /apps/{app}/settings/{setting}/restoration': {
    path: `${OF_APP}/settings/LOG_LEVEL/restoration`,
    body: { version: 1 },
    app: 'refused',
  },
  'get /apps/{app}/environments/{environment}/settings': {
    path: `${IN_DEV}/settings`,
    app: 'refused',
  },
  'put /apps/{app}/environments/{environment}/settings/{setting}': {
    path: `${IN_DEV}/settings/LOG_LEVEL`,
    body: { value: 'debug' },
    app: 'refused',
  },
  'delete /apps/{app}/environments/{environment}/settings/{setting}': {
    path: `${IN_DEV}/settings/LOG_LEVEL`,
    app: 'refused',
  },
  'post /apps/{app}/environments/{environment}/settings/{setting}/restoration':
    {
      path: `${IN_DEV}/settings/LOG_LEVEL/restoration`,
      body: { version: 1 },
      app: 'refused',
    },
  'get /apps/{app}/environments/{environment}/logs': {
    path: `${IN_DEV}/logs`,
    app: 'refused',
  },
  'get /apps/{app}/environments/{environment}/clusters/{cluster}/kubernetes': {
    path: `${ON_EU}/kubernetes`,
    app: 'refused',
  },
  'get /tokens': { path: `/tokens?app=${HIDDEN}`, app: 'refused' },
  'post /tokens': {
    path: '/tokens',
    body: { name: 'ci', app: HIDDEN },
    app: 'refused',
  },
  'delete /tokens/{id}': { path: `/tokens/${HIDDEN}`, app: 'refused' },
  'get /fleet': { path: '/fleet', app: 'none' },
  'get /retention': { path: '/retention', app: 'hides' },
  'get /fleet/joining': { path: '/fleet/joining', app: 'none' },
  'get /policies': { path: '/policies', app: 'hides' },
  'post /policies/{policy}/trial': {
    path: '/policies/ports/trial',
    body: { days: 30 },
    app: 'hides',
  },
  'get /exceptions': { path: '/exceptions', app: 'hides' },
  'post /exceptions': {
    path: '/exceptions',
    body: { policy: 'ports', target: 'shop', until: AT, why: 'It moves' },
    app: 'none',
  },
  'delete /exceptions/{id}': { path: '/exceptions/one', app: 'none' },
  'get /environments': { path: '/environments', app: 'hides' },
  'get /blueprints': { path: '/blueprints', app: 'none' },
  'get /blueprints/{blueprint}/versions/{version}': {
    path: '/blueprints/golden/versions/3',
    app: 'none',
  },
  'post /blueprints/{blueprint}/versions/{version}/what-if': {
    path: '/blueprints/golden/versions/3/what-if',
    app: 'none',
  },
  'post /blueprints/{blueprint}/rollouts': {
    path: '/blueprints/golden/rollouts',
    body: { version: 3, why: 'to see' },
    app: 'none',
  },
  'get /blueprints/{blueprint}/rollouts/{id}': {
    path: '/blueprints/golden/rollouts/1',
    app: 'none',
  },
  'post /blueprints/{blueprint}/rollouts/{id}/actions': {
    path: '/blueprints/golden/rollouts/1/actions',
    body: { action: 'pause' },
    app: 'none',
  },
  'get /clusters': { path: '/clusters', app: 'hides' },
  'post /clusters': { path: '/clusters', body: { name: 'us-1' }, app: 'none' },
  'post /clusters/{cluster}/join': { path: '/clusters/us-1/join', app: 'none' },
  'delete /clusters/{cluster}': { path: '/clusters/us-1', app: 'hides' },
  'get /clusters/{cluster}': { path: '/clusters/eu-1', app: 'hides' },
  'post /fleet/what-if': {
    path: '/fleet/what-if',
    body: { changes: [{ kind: 'drain', cluster: 'eu-1' }] },
    app: 'hides',
  },
  'post /clusters/{cluster}/cordon': {
    path: '/clusters/eu-1/cordon',
    body: {},
    app: 'none',
  },
  'post /clusters/{cluster}/drain': {
    path: '/clusters/eu-1/drain',
    body: {},
    app: 'none',
  },
  'post /clusters/{cluster}/uncordon': {
    path: '/clusters/eu-1/uncordon',
    body: {},
    app: 'none',
  },
  'patch /clusters/{cluster}/labels': {
    path: '/clusters/eu-1/labels',
    body: { labels: { tier: 'gold' } },
    app: 'none',
  },
  'get /audit': { path: '/audit', app: 'hides' },
  'get /audit.csv': { path: '/audit.csv', app: 'hides' },
  'get /observed-apps/{namespace}/{name}': {
    path: `/observed-apps/default/${HIDDEN}`,
    app: 'refused',
  },
  'get /history': { path: '/history', app: 'none' },
  'get /journal': { path: '/journal', app: 'hides' },
};

describe('an app that a caller may not read', () => {
  let portal: TestPortal;
  let guestToken: string;

  beforeAll(async () => {
    const controlPlane = new NamingControlPlane();
    const seed = (name: string, owner: string) => ({
      name,
      owner,
      files: { 'score.yaml': SCORE },
      message: 'Start',
    });
    portal = await TestPortal.start({
      features: [authBackend, guestProvider, permissionBackend, policy],
      services: [
        authServiceFactory,
        httpAuthServiceFactory,
        permissionsServiceFactory,
        userInfoServiceFactory,
      ],
      factory: { migrate: async () => {}, create: () => controlPlane },
      seeds: [
        seed('shop', 'group:default/guests'),
        seed(HIDDEN, 'group:default/secret'),
      ],
      rootConfig: {
        permission: { enabled: true },
        auth: {
          providers: { guest: { dangerouslyAllowOutsideDevelopment: true } },
        },
        backend: {
          baseUrl: 'http://localhost',
          auth: {
            externalAccess: [
              {
                type: 'static',
                options: { token: SERVICE_TOKEN, subject: 'checks' },
              },
            ],
          },
        },
      },
    });
    const answer = await fetch(`${portal.url}/api/auth/guest/refresh`, {
      method: 'POST',
    });
    guestToken = (await answer.json()).backstageIdentity.token;
    await eventually('the seeded apps are there', async () => {
      const { text } = await ask(SERVICE_TOKEN, 'GET', '/apps');
      if (!APPS.every(app => text.includes(`"name":"${app}"`)))
        throw new Error(text);
    });
  });

  afterAll(() => portal.stop());

  async function ask(token: string, method: string, of: string, body?: object) {
    const answer = await fetch(`${portal.url}/api/callboard/v1${of}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      body: body && JSON.stringify(body),
    });
    return { status: answer.status, text: await answer.text() };
  }

  it('is looked for in every operation of the API', () => {
    const documented = Object.entries(openApiDocument.paths).flatMap(
      ([path, methods]) =>
        Object.keys(methods).map(method => `${method} ${path}`),
    );
    expect(Object.keys(OPERATIONS).sort()).toEqual(documented.sort());
  });

  const operations = (kind: 'refused' | 'hides' | 'none') =>
    Object.entries(OPERATIONS).flatMap(([name, { path, body, app }]) => {
      const method = name.split(' ')[0].toUpperCase();
      return app === kind ? [{ name, method, path, body }] : [];
    });

  it.each(operations('none'))(
    'is not told of by $name',
    async ({ method, path, body }) => {
      const { status, text } = await ask(guestToken, method, path, body);
      expect(status).toBeLessThan(300);
      expect(text).not.toContain(HIDDEN);
    },
  );

  it.each(operations('hides'))(
    'is left out by $name',
    async ({ method, path, body }) => {
      const { status, text } = await ask(guestToken, method, path, body);
      expect(status).toBeLessThan(300);
      expect(text).not.toContain(HIDDEN);
      expect(text).toContain('shop');
      // Who may read everything shows that there was something to hide.
      const whole = await ask(SERVICE_TOKEN, method, path, body);
      expect(whole.text).toContain(HIDDEN);
    },
  );

  it.each(operations('refused'))(
    'is not there for $name',
    async ({ method, path, body }) => {
      const answer = await ask(guestToken, method, path, body);
      expect(answer.status).toBe(404);
      const absent = 'x'.repeat(HIDDEN.length);
      expect({
        ...answer,
        text: answer.text.replaceAll(HIDDEN, absent),
      }).toEqual(
        await ask(
          guestToken,
          method,
          path.replace(HIDDEN, absent),
          body && JSON.parse(JSON.stringify(body).replaceAll(HIDDEN, absent)),
        ),
      );
    },
  );

  it('is not counted in the fleet, and named nowhere where it is counted', async () => {
    const fleet = await ask(guestToken, 'GET', '/fleet');
    const apps = JSON.parse((await ask(guestToken, 'GET', '/apps')).text);
    expect(JSON.parse(fleet.text).apps.total).toBe(apps.items.length);
    const cluster = await ask(guestToken, 'GET', '/clusters/eu-1');
    expect(JSON.parse(cluster.text)).toMatchObject({
      health: { message: 'another app in dev: it ends with exit code 3' },
      connection: {
        problem: { why: 'namespace "another app--dev" is refused' },
      },
      scheduling: {
        state: 'draining',
        why: 'another app is too loud',
        left: [{ app: 'shop' }],
      },
      sentence: 'eu-1 is live, runs no blueprint, and carries 2 apps.',
    });
    const journal = await ask(guestToken, 'GET', '/journal');
    const { items } = JSON.parse(journal.text);
    expect(items).toMatchObject([
      { app: 'shop' },
      { why: 'shop in dev, another app in dev ran there' },
    ]);
    // Positions would count what lies between.
    expect(items.map(Object.keys).flat()).not.toContain('sequence');
    const report = await ask(guestToken, 'POST', '/fleet/what-if', {
      changes: [{ kind: 'drain', cluster: 'eu-1' }],
    });
    expect(JSON.parse(report.text)).toMatchObject({
      shortages: [{ app: 'shop', refused: REFUSED_WITHOUT_NAMES }],
    });
    const placement = await ask(
      guestToken,
      'GET',
      '/apps/shop/environments/dev/placement',
    );
    expect(placement.text).not.toContain(HIDDEN);
    expect(JSON.parse(placement.text)).toMatchObject({
      verdicts: [
        { cluster: 'eu-1', reasons: REFUSED_WITHOUT_NAMES[0].reasons },
      ],
    });
  });
});
