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

  it('finds what is in the catalog at the first question of each life', async () => {
    expect(await live(find('shop'))).toEqual({ status: 200, found: 1 });
    expect(await live(find('shop'))).toEqual({ status: 200, found: 1 });
  });
});
