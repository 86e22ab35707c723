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

it('waits for every type that is asked for, and answers from those that are there where one does not come', async () => {
  const index = async (search: IndexedSearchEngine, type: string) => {
    const indexer = await search.getIndexer(type);
    indexer.write({ title: 'shop', text: type, location: `/${type}` });
    indexer.end();
    await once(indexer, 'close');
  };
  const types = ['software-catalog', 'callboard-findings'];
  const patient = engine(60_000);
  const answer = patient.query({ term: 'shop', types });
  for (const type of types) await index(patient, type);
  expect((await answer).results).toHaveLength(2);
  const hasty = engine(10);
  await index(hasty, 'software-catalog');
  expect((await hasty.query({ term: 'shop', types })).results).toHaveLength(1);
});

it('asks for the next collation soon, as long as none succeeded', async () => {
  const asked: string[] = [];
  let heard = () => {};
  const untilHeard = () =>
    new Promise<void>(resolve => {
      heard = resolve;
    });
  const search = new IndexedSearchEngine(
    new LunrSearchEngine({ logger: mockServices.logger.mock() }),
    {
      retryMs: 1,
      collate: type => {
        asked.push(type);
        heard();
      },
    },
  );
  const fail = async () => {
    const indexer = await search.getIndexer('software-catalog');
    const closed = new Promise(resolve => indexer.on('close', resolve));
    indexer.on('error', () => {});
    indexer.destroy(new Error('database or disk is full'));
    await closed;
  };
  for (const times of [1, 2]) {
    const isAsked = untilHeard();
    await fail();
    await isAsked;
    expect(asked).toEqual(Array(times).fill('software-catalog'));
  }
  const indexer = await search.getIndexer('software-catalog');
  indexer.end({ title: 'shop', text: 'A shop', location: '/shop' });
  await once(indexer, 'close');
  jest.useFakeTimers();
  await fail();
  expect(jest.getTimerCount()).toBe(0); // the index that there is stays
  jest.useRealTimers();
  expect((await search.query({ term: 'shop' })).results).toHaveLength(1);
});
