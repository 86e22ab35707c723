import {
  createBackendModule,
  createBackendPlugin,
  coreServices,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { type Entity } from '@backstage/catalog-model';
import catalogBackend from '@backstage/plugin-catalog-backend';
import {
  type EventsService,
  eventsServiceFactory,
  eventsServiceRef,
} from '@backstage/plugin-events-node';
import type { AddressInfo } from 'node:net';
import { catalogModuleCallboard } from './module';

jest.setTimeout(30_000);

const API = 'API callboard Callboard';

describe('catalog module', () => {
  const shown = {
    apps: [] as object[],
    clusters: [] as object[],
    fails: false,
  };
  let url: string;
  let events: EventsService;
  let stop: () => Promise<void>;

  beforeAll(async () => {
    const backend = await startTestBackend({
      features: [
        catalogBackend,
        catalogModuleCallboard,
        eventsServiceFactory,
        callboardOf(shown),
        createBackendModule({
          pluginId: 'catalog',
          moduleId: 'test',
          register: env =>
            env.registerInit({
              deps: { service: eventsServiceRef },
              async init({ service }) {
                events = service;
              },
            }),
        }),
        mockServices.rootConfig.factory({
          data: {
            backend: { baseUrl: 'http://localhost' },
            catalog: { rules: [{ allow: ['API', 'Component', 'Resource'] }] },
          },
        }),
      ],
    });
    url = `http://127.0.0.1:${(backend.server.address() as AddressInfo).port}`;
    stop = () => backend.stop();
  });

  afterAll(() => stop());

  async function entities(): Promise<string[]> {
    const answer = await fetch(`${url}/api/catalog/entities`);
    const list: Entity[] = await answer.json();
    return list
      .map(({ kind, metadata }) => `${kind} ${metadata.name} ${metadata.title}`)
      .sort();
  }

  async function eventuallyShows(expected: string[]): Promise<number> {
    const began = performance.now();
    for (;;) {
      const now = await entities();
      const seconds = (performance.now() - began) / 1000;
      if (JSON.stringify(now) === JSON.stringify(expected)) return seconds;
      if (seconds > 10)
        throw new Error(
          `Waited in vain for ${expected.join(
            ', ',
          )}; the catalog shows ${now.join(', ')}`,
        );
      await new Promise(resolve => {
        setTimeout(resolve, 50);
      });
    }
  }

  it('shows an app soon after its first push, follows it, and forgets it', async () => {
    shown.clusters = [
      {
        name: 'eu-1',
        title: 'Frankfurt',
        labels: {},
        claims: {},
        blueprint: null,
      },
    ];
    await events.publish({
      topic: 'callboard.changes',
      eventPayload: { kind: 'fleet' },
    });
    await eventuallyShows([API, 'Resource eu-1 eu-1 · Frankfurt']);

    shown.apps = [
      {
        name: 'shop',
        title: 'Shop',
        owner: 'user:development/guest',
        environments: [],
      },
    ];
    await events.publish({
      topic: 'callboard.changes',
      eventPayload: { kind: 'app', name: 'shop' },
    });
    expect(
      await eventuallyShows([
        API,
        'Component shop Shop',
        'Resource eu-1 eu-1 · Frankfurt',
      ]),
    ).toBeLessThan(4);

    shown.fails = true;
    await events.publish({
      topic: 'callboard.changes',
      eventPayload: { kind: 'app', name: 'shop' },
    });
    await new Promise(resolve => {
      setTimeout(resolve, 1_000);
    });
    expect(await entities()).toEqual([
      API,
      'Component shop Shop',
      'Resource eu-1 eu-1 · Frankfurt',
    ]);

    Object.assign(shown, { fails: false, apps: [] });
    await eventuallyShows([API, 'Resource eu-1 eu-1 · Frankfurt']);
  });
});

/** The routes of the plugin `callboard` that the module reads. */
function callboardOf(shown: {
  apps: object[];
  clusters: object[];
  fails: boolean;
}) {
  return createBackendPlugin({
    pluginId: 'callboard',
    register: env =>
      env.registerInit({
        deps: {
          httpRouter: coreServices.httpRouter,
          httpAuth: coreServices.httpAuth,
        },
        async init({ httpRouter, httpAuth }) {
          httpRouter.use(async (req, res) => {
            await httpAuth.credentials(req, { allow: ['service'] });
            if (shown.fails) res.status(503).json({});
            else if (req.path === '/v1/apps') res.json({ items: shown.apps });
            else if (req.path === '/v1/clusters')
              res.json({ items: shown.clusters });
            else if (req.path === '/v1/openapi.json')
              res.json({ openapi: '3.1.0', paths: {} });
            else res.json({ revision: null, text: null });
          });
        },
      }),
  });
}
