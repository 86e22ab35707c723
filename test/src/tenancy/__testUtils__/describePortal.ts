import { join } from 'node:path';
import { stringify } from 'yaml';

/** Tokens of programs; those of people are made by sign-in. */
export const SERVICES = {
  /** May everything, as Backstage has it. */
  service: 'service-0123456789abcdef',
  /** Restricted to reading apps. */
  reader: 'reader-0123456789abcdef',
  /** Restricted to another plugin. */
  elsewhere: 'elsewhere-0123456789abcdef',
};

export const CLUSTERS = {
  'dev-1': { env: 'dev' },
  'prod-1': { env: 'prod' },
  'spare-1': { env: 'none' },
};

function environment(name: string, order: number, spec: object): string {
  return stringify({
    apiVersion: 'callboard.dev/v1alpha1',
    kind: 'Environment',
    metadata: { name },
    spec: { order, ...spec },
  });
}

function on(env: string): object {
  const labelSelector = { matchLabels: { env } };
  return {
    placement: { predicates: [{ requiredClusterSelector: { labelSelector } }] },
  };
}

/** The platform team's files, by name. */
export const ENVIRONMENTS = {
  'dev.yaml': environment('dev', 1, on('dev')),
  'stage.yaml': environment('stage', 2, {
    promotion: { from: 'dev' },
    ...on('dev'),
  }),
  'prod.yaml': environment('prod', 3, {
    promotion: { from: 'dev', approval: 'group:default/leads' },
    ...on('prod'),
  }),
};

/** Git tokens of the configuration: user name and token. */
export const GIT_TOKENS = {
  ana: ['ana', 'git-of-ana-0123456789abcdef'],
  otto: ['otto', 'git-of-otto-0123456789abcdef'],
} as const;

/** The configuration of the portal, and the platform team's files. */
export function describePortal({
  folder,
  clusters,
}: {
  folder: string;
  clusters: object[];
}): object {
  return {
    app: { baseUrl: 'http://portal.test' },
    events: { useEventBus: 'never' },
    permission: { enabled: true },
    auth: { environment: 'test', providers: { people: {} } },
    backend: {
      baseUrl: 'http://localhost',
      auth: {
        externalAccess: [
          external(SERVICES.service),
          external(SERVICES.reader, {
            plugin: 'callboard',
            permission: ['callboard.app.read'],
          }),
          external(SERVICES.elsewhere, { plugin: 'catalog' }),
        ],
      },
    },
    catalog: {
      rules: [{ allow: ['Component', 'Resource', 'User', 'Group'] }],
      locations: [{ type: 'file', target: join(folder, 'people.yaml') }],
      processingInterval: { seconds: 2 },
    },
    search: {
      collators: {
        catalog: {
          schedule: {
            scope: 'local',
            initialDelay: { milliseconds: 500 },
            frequency: { seconds: 1 },
            timeout: { minutes: 1 },
          },
        },
      },
    },
    callboard: {
      dataDir: join(folder, 'data'),
      platform: [join(folder, 'platform')],
      platformTeam: ['group:default/platform'],
      agentUrl: 'http://127.0.0.1:1',
      agent: { image: 'registry.example/callboard-agent:1' },
      builder: { type: 'given' },
      clusters,
      git: {
        followSeconds: 8,
        tokens: Object.values(GIT_TOKENS).map(([username, token]) => ({
          username,
          token,
          user: `user:default/${username}`,
        })),
      },
    },
  };
}

function external(token: string, ...restrictions: object[]): object {
  return {
    type: 'static',
    options: { token, subject: token.split('-')[0] },
    ...(restrictions.length > 0 && { accessRestrictions: restrictions }),
  };
}
