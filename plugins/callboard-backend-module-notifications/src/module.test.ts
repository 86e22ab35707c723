import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import notificationsBackend from '@backstage/plugin-notifications-backend';
import {
  type ChangeSubscriber,
  changeSubscribersExtensionPoint,
} from '@callboard/plugin-callboard-node';
import { eventually } from '@callboard/testing';
import { notificationsModule } from './module';

jest.setTimeout(30_000);

const ANA = 'user:default/ana';
const BEN = 'user:default/ben';
const TEAM = 'group:default/shop';

/** The team of two that owns the shop. */
const catalog = catalogServiceMock.factory({
  entities: [
    {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Group',
      metadata: { name: 'shop', namespace: 'default' },
      spec: { type: 'team', children: [] },
      relations: [ANA, BEN].map(targetRef => ({
        type: 'hasMember',
        targetRef,
      })),
    },
  ],
});

interface Finding {
  code: string;
  what: string;
  next: string;
}

const crash = (app: string): Finding => ({
  code: 'crash-loop',
  what: `${app} cannot start in prod: it ends with exit code 3`,
  next: 'Roll back',
});

describe('notifications to owners', () => {
  let folder: string;
  let url: string;
  let stop = async () => {};
  let subscribers: ChangeSubscriber[];
  /** Findings of each app, as the plugin `callboard` answers. */
  let apps: Record<string, { owner: string; findings: Finding[] }>;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'callboard-notifications-'));
    apps = { shop: { owner: TEAM, findings: [] } };
  });
  afterEach(async () => {
    await stop();
    rmSync(folder, { recursive: true });
  });

  function appOf(name: string): object {
    const { owner, findings } = apps[name];
    return {
      name,
      owner,
      environments: [
        {
          name: 'prod',
          title: 'Production',
          release: { number: 1 },
          health: { status: findings.length > 0 ? 'Degraded' : 'Healthy' },
          freshness: 'live',
          clusters: [{ cluster: 'eu-1', freshness: 'live' }],
          findings,
          placement: { satisfied: true },
        },
      ],
    };
  }

  /** What of the plugin `callboard` the module meets. */
  const callboard = () =>
    createBackendPlugin({
      pluginId: 'callboard',
      register(env) {
        env.registerExtensionPoint(changeSubscribersExtensionPoint, {
          addChangeSubscriber: subscriber => void subscribers.push(subscriber),
        });
        env.registerInit({
          deps: {
            httpRouter: coreServices.httpRouter,
            httpAuth: coreServices.httpAuth,
          },
          async init({ httpRouter, httpAuth }) {
            httpRouter.use(async (req, res) => {
              await httpAuth.credentials(req, { allow: ['service'] });
              const [, name] = /^\/v1\/apps\/(.+)$/.exec(req.path) ?? [];
              if (name === undefined)
                res.json({ items: Object.keys(apps).map(appOf) });
              else if (name in apps) res.json(appOf(name));
              else
                res
                  .status(404)
                  .json({ error: { name: 'NotFoundError', message: 'none' } });
            });
          },
        });
      },
    });

  /** A portal on the folder; again after a restart. */
  async function start(settings: object = {}): Promise<void> {
    subscribers = [];
    const backend = await startTestBackend({
      features: [
        callboard(),
        notificationsModule,
        notificationsBackend,
        catalog,
        mockServices.database.factory(), // of the configuration, so that a restart finds what was
        mockServices.rootConfig.factory({
          data: {
            app: { baseUrl: 'http://localhost' },
            backend: {
              baseUrl: 'http://localhost',
              database: {
                client: 'better-sqlite3',
                connection: { directory: folder },
              },
            },
            callboard: { notifications: { afterSeconds: 0, ...settings } },
          },
        }),
      ],
    });
    url = `http://127.0.0.1:${backend.server.port()}`;
    stop = () => backend.stop();
  }

  async function inboxOf(user: string): Promise<string[]> {
    const answer = await fetch(
      `${url}/api/notifications/notifications?orderField=created,asc`,
      { headers: { authorization: mockCredentials.user.header(user) } },
    );
    const { notifications } = await answer.json();
    return notifications.map(
      ({ payload, read }: { payload: Record<string, string>; read?: string }) =>
        `${payload.severity} | ${payload.title} | ${payload.description} | ${
          payload.link
        }${read ? ' | read' : ''}`,
    );
  }

  /** Marks all of an inbox as read. */
  async function readAll(user: string): Promise<void> {
    const headers = {
      authorization: mockCredentials.user.header(user),
      'content-type': 'application/json',
    };
    const address = `${url}/api/notifications/notifications`;
    const { notifications } = await (await fetch(address, { headers })).json();
    await fetch(`${address}/update`, {
      method: 'POST',
      headers,
      body: JSON.stringify({
        ids: notifications.map(({ id }: { id: string }) => id),
        read: true,
      }),
    });
  }

  const changed = async (name: string) =>
    subscribers[0].notify(
      [{ kind: 'app', name }],
      new AbortController().signal,
    );

  const untilInbox = (user: string, expected: string[]) =>
    eventually(`the inbox of ${user}`, async () => {
      expect(await inboxOf(user)).toEqual(expected);
    });

  const BEGINS =
    'high | shop cannot start in prod: it ends with exit code 3 | Roll back | /callboard/apps/shop';
  const ENDED =
    'low | shop in prod: this is over | shop cannot start in prod: it ends with exit code 3 | /callboard/apps/shop';

  it('reach everybody of the owning team, and the end takes the place of the beginning', async () => {
    await start();
    apps.shop.findings = [crash('shop')];
    await changed('shop');
    await untilInbox(ANA, [BEGINS]);
    await untilInbox(BEN, [BEGINS]);
    expect(await inboxOf('user:default/eve')).toEqual([]);
    apps.shop.findings = [];
    await changed('shop');
    await untilInbox(ANA, [ENDED]);
  });

  it('are not sent again after a restart, and what ended meanwhile is sent', async () => {
    apps.shop.findings = [crash('shop')];
    apps.other = { owner: ANA, findings: [] };
    await start();
    await untilInbox(ANA, [BEGINS]);
    await readAll(ANA);
    await stop();
    apps.other.findings = [crash('other')];
    await start();
    // The other app is sent by the same look as the shop is not.
    await eventually('the other app is sent', async () => {
      expect(await inboxOf(ANA)).toEqual([
        `${BEGINS} | read`,
        BEGINS.replaceAll('shop', 'other'),
      ]);
    });
    await stop();
    apps.shop.findings = [];
    await start();
    await eventually('the end is sent', async () => {
      expect(await inboxOf(ANA)).toContain(ENDED);
    });
  });

  it('are at most so many in an hour for one owner, the most severe first', async () => {
    for (const name of ['a', 'b', 'c'])
      apps[name] = { owner: ANA, findings: [crash(name)] };
    apps.d = { owner: BEN, findings: [crash('d')] };
    await start({ perHour: 2 });
    // Told after those of Ana, by the same look.
    await eventually('the other owner is sent', async () => {
      expect(await inboxOf(BEN)).toHaveLength(1);
    });
    expect((await inboxOf(ANA)).map(line => line.split(' | ')[1])).toEqual([
      expect.stringMatching(/^a /),
      expect.stringMatching(/^b /),
    ]);
  });

  it('refuse settings that mean nothing, by their name', async () => {
    await start();
    await stop();
    await expect(start({ perHour: 0 })).rejects.toThrow(
      'callboard.notifications.perHour is 0; it takes whole numbers from 1 to 1000',
    );
    await start();
  });
});
