import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { schedulerServiceFactory } from '@backstage/backend-defaults/scheduler';
import { databaseServiceFactory } from '@backstage/backend-defaults/database';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import searchBackend from '@backstage/plugin-search-backend';
import catalogCollator from '@backstage/plugin-search-backend-module-catalog';
import { parse } from 'yaml';
import { searchEngineModule } from './searchEngineModule';

const { search } = parse(
  readFileSync(join(__dirname, '../../../app-config.yaml'), 'utf8'),
);

describe('search', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'callboard-search-'));
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** One life of a portal on the same database. */
  async function live<T>(ask: (url: string) => Promise<T>): Promise<T> {
    const backend = await startTestBackend({
      features: [
        mockServices.rootConfig.factory({
          data: {
            search,
            backend: {
              database: {
                client: 'better-sqlite3',
                connection: { directory: folder },
              },
            },
          },
        }),
        databaseServiceFactory,
        schedulerServiceFactory,
        catalogServiceMock.factory({
          entities: [
            {
              apiVersion: 'backstage.io/v1alpha1',
              kind: 'Component',
              metadata: { name: 'shop', namespace: 'default' },
              spec: { type: 'service' },
            },
            {
              apiVersion: 'backstage.io/v1alpha1',
              kind: 'Component',
              metadata: {
                name: 'pos',
                annotations: {
                  'callboard.dev/app': 'pos',
                  'callboard.dev/runs-on': 'edge-3 · Store 7',
                },
              },
              spec: {
                type: 'service',
                owner: 'group:default/stores',
                lifecycle: 'production',
                dependsOn: ['resource:default/edge-3', 'resource:orders'],
              },
            },
            {
              apiVersion: 'backstage.io/v1alpha1',
              kind: 'Resource',
              metadata: { name: 'ledge-1', title: 'ledge-1 · Rome' },
              spec: { type: 'kubernetes-cluster' },
            },
          ],
        }),
        searchBackend,
        catalogCollator,
        searchEngineModule,
      ],
    });
    try {
      return await ask(`http://127.0.0.1:${backend.server.port()}`);
    } finally {
      await backend.stop();
    }
  }

  const find = (term: string) => async (url: string) => {
    const answer = await fetch(
      `${url}/api/search/query?term=${term}&types[0]=software-catalog`,
    );
    return {
      status: answer.status,
      found: (await answer.json()).numberOfResults,
    };
  };

  /** What a reader sees of each result. */
  const read = (term: string) => async (url: string) => {
    const answer = await fetch(`${url}/api/search/query?term=${term}`);
    const { results } = await answer.json();
    return results.map(
      ({ document }: { document: { title: string; text: string } }) =>
        `${document.title}: ${document.text}`,
    );
  };

  it('finds what is in the catalog at the first question of each life', async () => {
    expect(await live(find('shop'))).toEqual({ status: 200, found: 1 });
    expect(await live(find('shop'))).toEqual({ status: 200, found: 1 });
  });

  it('finds by what a result shows, and by nothing else', async () => {
    const found = await live(async url => ({
      cluster: await read('edge')(url),
      title: await read('store')(url),
      owner: await read('stores')(url),
      lifecycle: await read('production')(url),
      namespace: await read('default')(url),
    }));
    const pos =
      'pos: Runs on edge-3 · Store 7. Depends on orders. Owner stores. Type service';
    expect(found).toEqual({
      cluster: [pos],
      title: [pos],
      owner: [pos],
      lifecycle: [],
      namespace: [],
    });
  });
});
