import { once } from 'node:events';
import { mockServices } from '@backstage/backend-test-utils';
import { LunrSearchEngine } from '@backstage/plugin-search-backend-node';
import { IndexedSearchEngine } from './IndexedSearchEngine';

const engine = (waitMs: number) =>
  new IndexedSearchEngine(
    new LunrSearchEngine({ logger: mockServices.logger.mock() }),
    { waitMs },
  );

it('says that it is indexing, with or without a type', async () => {
  for (const types of [undefined, ['software-catalog']]) {
    await expect(
      engine(10).query({ term: 'shop', ...(types && { types }) }),
    ).rejects.toMatchObject({
      name: 'MissingIndexError',
      statusCode: 503,
      message: expect.stringMatching(/still reading the catalog/),
    });
  }
});

it('answers a search that came before the index', async () => {
  const search = engine(60_000);
  const answer = search.query({ term: 'shop', types: ['software-catalog'] });
  const indexer = await search.getIndexer('software-catalog');
  indexer.write({ title: 'shop', text: 'A shop', location: '/shop' });
  indexer.end();
  await once(indexer, 'close');
  expect((await answer).results).toHaveLength(1);
});
