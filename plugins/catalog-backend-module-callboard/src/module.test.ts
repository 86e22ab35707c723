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
import { eventually } from '@callboard/testing';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
  let folder: string;

  /** What a team registers: entities of a file of theirs. */
  const register = (...documents: object[]) =>
    writeFile(
      join(folder, 'catalog-info.yaml'),
      documents.map(each => JSON.stringify(each)).join('\n---\n'),
    );

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'callboard-catalog-'));
    await register(component('payments/unrelated'));
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
            catalog: {
              processingInterval: { seconds: 1 },
              rules: [{ allow: ['API', 'Component', 'Location', 'Resource'] }],
              locations: [
                { type: 'file', target: join(folder, 'catalog-info.yaml') },
              ],
            },
          },
        }),
      ],
    });
    url = `http://127.0.0.1:${(backend.server.address() as AddressInfo).port}`;
    stop = () => backend.stop();
  });

  afterAll(async () => {
    await stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function entities(): Promise<string[]> {
    const answer = await fetch(`${url}/api/catalog/entities`);
    const list: Entity[] = await answer.json();
    return list
      .filter(({ kind }) => kind !== 'Location')
      .filter(({ metadata }) => metadata.namespace === 'default')
      .map(({ kind, metadata }) => `${kind} ${metadata.name} ${metadata.title}`)
      .sort();
  }

  /** Resolves to the seconds that it took. */
  async function eventuallyShows(expected: string[]): Promise<number> {
    const began = performance.now();
    await eventually(
      'the catalog shows it',
      async () => expect(await entities()).toEqual(expected),
      10_000,
    );
    return (performance.now() - began) / 1000;
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

  /** An entity, once it is there and `isReady` holds of it. */
  async function untilShown(
    ref: string,
    isReady: (entity: Entity) => boolean = () => true,
  ): Promise<Entity> {
    const [namespace, name] = ref.split('/');
    return eventually(`${ref} is there`, async () => {
      const answer = await fetch(
        `${url}/api/catalog/entities/by-name/component/${namespace}/${name}`,
      );
      expect(answer.status).toBe(200);
      const entity: Entity = await answer.json();
      expect(isReady(entity)).toBe(true);
      return entity;
    });
  }

  const namesOf = (list: string[]) =>
    list.filter(each => each.startsWith('Component'));

  const isFromFile = ({ metadata }: Entity) =>
    metadata.annotations?.['backstage.io/managed-by-location'].startsWith(
      'file:',
    ) === true;

  describe('with entities of the company', () => {
    const nudge = () =>
      events.publish({
        topic: 'callboard.changes',
        eventPayload: { kind: 'app', name: 'shop' },
      });

    beforeAll(async () => {
      shown.apps = [shop(['eu-1'])];
      await register(component('payments/unrelated'));
      await nudge();
      await untilShown('default/shop', entity => !isFromFile(entity));
    });

    it('keeps its own entity where the owner is another: an entity gives nobody an app', async () => {
      await register(component('payments/thief', 'shop', 'thieves'));
      await untilShown('payments/thief');
      shown.apps = [shop(['eu-1', 'us-1'])]; // something to see that it was looked at since
      await nudge();
      const own = await untilShown('default/shop', ({ relations = [] }) =>
        relations.some(({ targetRef }) => targetRef.endsWith('/us-1')),
      );
      expect(isFromFile(own)).toBe(false);
      const thief = await untilShown('payments/thief');
      expect(thief.relations?.map(({ type }) => type)).toEqual(['ownedBy']);
    });

    it('shows an app on the entity that claims it, in any namespace, and follows where it runs', async () => {
      await register(component('payments/checkout', 'shop'));
      await untilShown('payments/checkout');
      await nudge();
      const runsOn = (cluster: string) => (entity: Entity) =>
        entity.relations?.some(
          ({ type, targetRef }) =>
            type === 'dependsOn' && targetRef === `resource:default/${cluster}`,
        ) === true;
      const claiming = await untilShown('payments/checkout', runsOn('us-1'));
      expect(claiming.metadata.annotations).toMatchObject({
        'backstage.io/techdocs-ref': 'dir:.',
        'backstage.io/kubernetes-id': 'shop',
        'callboard.dev/runs-on': 'eu-1; us-1',
      });
      expect(claiming.metadata.links).toEqual(
        ['eu-1', 'us-1'].map(cluster => ({
          url: `https://shop.${cluster}.example.com`,
          title: 'Development',
          type: 'callboard-environment',
        })),
      );
      await eventuallyShows([API, 'Resource eu-1 eu-1 · Frankfurt']);

      shown.apps = [shop(['eu-2'])];
      await nudge();
      const moved = await untilShown('payments/checkout', runsOn('eu-2'));
      expect(runsOn('us-1')(moved)).toBe(false);
    });

    it('has its own entity again once no other claims the app', async () => {
      await register(component('payments/checkout'));
      await untilShown(
        'payments/checkout',
        ({ metadata }) => !metadata.annotations?.['callboard.dev/app'],
      );
      await nudge();
      const own = await untilShown('default/shop', each => !isFromFile(each));
      expect(own.metadata.annotations?.['callboard.dev/app']).toBe('shop');
    });

    it('gives its name to an entity of the same owner that claims it', async () => {
      await register(component('default/shop', 'shop'));
      const taken = await untilShown('default/shop', isFromFile);
      expect(taken.spec?.type).toBe('website');
      expect(namesOf(await entities())).toEqual(['Component shop undefined']);
    });
  });
});

/** A component as a team writes it; of the owner of the app where nothing else is said. */
function component(ref: string, app?: string, owner = 'payments'): object {
  const [namespace, name] = ref.split('/');
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      namespace,
      name,
      annotations: {
        'backstage.io/techdocs-ref': 'dir:.',
        'backstage.io/kubernetes-id': 'shop',
        ...(app !== undefined && { 'callboard.dev/app': app }),
      },
    },
    spec: {
      type: 'website',
      lifecycle: 'production',
      owner: `group:default/${owner}`,
    },
  };
}

/** An app of payments on these clusters, as the API shows it. */
function shop(clusters: string[]): object {
  return {
    name: 'shop',
    title: 'Shop',
    owner: 'group:default/payments',
    environments: [
      {
        name: 'dev',
        title: 'Development',
        clusters: clusters.map(cluster => ({
          cluster,
          urls: [`https://shop.${cluster}.example.com`],
        })),
      },
    ],
  };
}

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
