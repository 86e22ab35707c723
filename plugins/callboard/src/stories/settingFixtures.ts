import type {
  LackingSetting,
  ResourceView,
  SettingList,
  SettingView,
} from '@callboard/plugin-callboard-common';

/*
 * Settings and resources of the shop's checkout, as the API answers them. Only
 * types are imported, so that Node.js runs this file unchanged.
 */

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const START = Date.now(); // the same in each answer, like times of recorded changes

function ago(millis: number): string {
  return new Date(START - millis).toISOString();
}

const CERTIFICATE = [
  '-----BEGIN CERTIFICATE-----',
  ...Array.from({ length: 6 }, (_, line) =>
    `MIIBszCCAVmgAwIBAgIU${line}`.repeat(3),
  ),
  '-----END CERTIFICATE-----',
  '',
].join('\n');

function setting(
  name: string,
  version: number,
  over: Partial<SettingView> = {},
): SettingView {
  return {
    name,
    secret: false,
    version,
    changedBy: 'user:default/bo',
    changedAt: ago((10 - version) * DAY + 4 * MINUTE),
    releases: [],
    workloads: [],
    overriddenIn: [],
    ...over,
  };
}

/** Desired release of an environment. */
const RELEASES: Record<string, number> = { dev: 44, prod: 42 };

const SHARED = [
  setting('LOG_LEVEL', 3, {
    value: 'info',
    why: 'quieter nights',
    releases: [42],
    workloads: ['web'],
    overriddenIn: ['dev'],
  }),
  setting('OLD_RATES_URL', 1, { value: 'https://rates.internal/v1' }),
  setting('RATES_URL', 4, {
    value: 'https://rates.internal/v2',
    releases: [42, 44],
    workloads: ['web', 'worker'],
  }),
];

const OWN: Record<string, SettingView[]> = {
  dev: [
    setting('LOG_LEVEL', 5, {
      value: 'debug',
      changedBy: 'user:default/ana',
      workloads: ['web'],
    }),
    setting('PAYMENT_KEY', 6, {
      secret: true,
      changedBy: 'user:default/ana',
      why: 'from the sandbox of the bank',
      workloads: ['web'],
    }),
  ],
  prod: [
    setting('PAYMENT_KEY', 7, {
      secret: true,
      why: 'from the bank',
      workloads: ['web'],
    }),
    setting('RATES_CA', 8, { value: CERTIFICATE, workloads: ['worker'] }),
  ],
};

/** Settings in force in an environment, or the shared ones. */
export function settings(
  environment?: string,
  over: Partial<SettingList> = {},
): SettingList {
  const own = environment === undefined ? [] : OWN[environment] ?? [];
  const here = (each: SettingView): SettingView =>
    environment === undefined
      ? each
      : {
          ...each,
          overriddenIn: [],
          releases:
            each.workloads.length > 0 ? [RELEASES[environment] ?? 42] : [],
        };
  const items = [
    ...own.map(each => ({ ...here(each), environment })),
    ...SHARED.filter(({ name }) => !own.some(each => each.name === name)).map(
      here,
    ),
  ].sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    items,
    lacking: [],
    version: Math.max(...items.map(({ version }) => version)),
    ...over,
  };
}

/** A setting that release 44 reads and Production lacks. */
export function lacking(over: Partial<LackingSetting> = {}): LackingSetting {
  return {
    name: 'RATES_TOKEN',
    secret: true,
    release: 44,
    workloads: ['worker'],
    ...over,
  };
}

export function resources(): ResourceView[] {
  return [
    {
      resource: 'checkout-db',
      name: 'db',
      type: 'postgres',
      workloads: ['web', 'worker'],
      secrets: { version: 2 },
    },
    {
      resource: 'web-vault',
      name: 'vault',
      type: 'secret',
      workloads: ['web'],
    },
  ];
}
