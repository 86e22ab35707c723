import { ApiClient, type OpenWatch } from '../support/ApiClient';
import {
  CONTRACT_SERVERS,
  reportSkippedServers,
} from '../support/contractServers';
import { eventually } from '@callboard/testing';
import type { RunningApiServer } from '../support/startApiServer';

jest.setTimeout(60_000);
reportSkippedServers();

/** What a watch tells, and from when on. */
describe.each(CONTRACT_SERVERS)(
  'watches of the $name API server',
  ({ start }) => {
    let running: RunningApiServer;
    let client: ApiClient;
    let path: string;
    let count = 0;
    const watches: OpenWatch[] = [];

    beforeAll(async () => {
      running = await start();
      client = new ApiClient(running);
    });

    beforeEach(async () => {
      const name = `watched-${(count += 1)}`;
      await client.send({
        method: 'POST',
        path: '/api/v1/namespaces',
        body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name } },
      });
      path = `/api/v1/namespaces/${name}/configmaps`;
    });

    afterEach(() => watches.splice(0).forEach(watch => watch.stop()));
    afterAll(() => running.stop());

    const create = async (
      name: string,
      labels: Record<string, string> = {},
    ) => {
      const { body } = await client.send({
        method: 'POST',
        path,
        body: {
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: { name, labels },
        },
      });
      return (body.metadata as { resourceVersion: string }).resourceVersion;
    };
    const relabel = (name: string, labels: Record<string, string | null>) =>
      client.send({
        method: 'PATCH',
        path: `${path}/${name}`,
        type: 'application/merge-patch+json',
        body: { metadata: { labels } },
      });
    const remove = (name: string) =>
      client.send({ method: 'DELETE', path: `${path}/${name}` });
    const open = async (query: string) => {
      const watch = await client.watch(`${path}?${query}`);
      watches.push(watch);
      return watch;
    };
    const listRevision = async () =>
      ((await client.get(path)).body.metadata as { resourceVersion: string })
        .resourceVersion;
    const reported = ({ lines }: OpenWatch) =>
      lines.map(({ type, object }) =>
        `${type} ${object.metadata?.name ?? ''}`.trim(),
      );

    it('tells every change after a revision, in order', async () => {
      const watch = await open(`resourceVersion=${await listRevision()}`);
      await create('a');
      await relabel('a', { x: 'y' });
      await remove('a');
      await eventually('changes are told', () =>
        expect(reported(watch)).toEqual(['ADDED a', 'MODIFIED a', 'DELETED a']),
      );
      const revisions = watch.lines.map(({ object }) =>
        Number(object.metadata.resourceVersion),
      );
      expect(revisions).toEqual([...revisions].sort((a, b) => a - b));
      expect(new Set(revisions).size).toBe(3);
    });

    it('begins with what is there when no revision is named', async () => {
      await create('a');
      await create('b');
      const watch = await open('');
      await eventually('the state is told', () =>
        expect(reported(watch)).toEqual(['ADDED a', 'ADDED b']),
      );
    });

    it('tells of an object that leaves a selection as deleted, and as added when it returns', async () => {
      const watch = await open(
        `resourceVersion=${await listRevision()}&labelSelector=x%3Dy`,
      );
      await create('a', { x: 'y' });
      await create('other');
      await relabel('a', { x: null });
      await relabel('a', { other: 'label' });
      await relabel('a', { x: 'y' });
      await relabel('a', { more: 'labels' });
      await remove('a');
      await eventually('the selection is told', () =>
        expect(reported(watch)).toEqual([
          'ADDED a',
          'DELETED a',
          'ADDED a',
          'MODIFIED a',
          'DELETED a',
        ]),
      );
      expect(watch.lines[1].object.metadata.labels).toEqual({ x: 'y' });
    });

    it('selects by field', async () => {
      const watch = await open(
        `resourceVersion=${await listRevision()}&fieldSelector=metadata.name%3Db`,
      );
      await create('a');
      await create('b');
      await eventually('the field is told', () =>
        expect(reported(watch)).toEqual(['ADDED b']),
      );
    });

    it('replays from an old revision, object states included', async () => {
      const revision = await create('a', { n: '1' });
      await relabel('a', { n: '2' });
      await relabel('a', { n: '3' });
      const watch = await open(`resourceVersion=${revision}`);
      await eventually('history is told', () =>
        expect(reported(watch)).toEqual(['MODIFIED a', 'MODIFIED a']),
      );
      expect(watch.lines.map(({ object }) => object.metadata.labels)).toEqual([
        { n: '2' },
        { n: '3' },
      ]);
    });

    it('sends the initial state and marks its end when asked to', async () => {
      await create('a');
      const watch = await open(
        'sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true&resourceVersion=',
      );
      await create('b');
      await eventually('state, mark and change are told', () =>
        expect(reported(watch)).toEqual(['ADDED a', 'BOOKMARK', 'ADDED b']),
      );
      const [, mark] = watch.lines;
      expect(mark.object.metadata.annotations).toEqual({
        'k8s.io/initial-events-end': 'true',
      });
      expect(mark.object).toMatchObject({
        kind: 'ConfigMap',
        apiVersion: 'v1',
      });
    });

    it('refuses the initial state without a match rule', async () => {
      const answer = await client.get(
        `${path}?watch=true&sendInitialEvents=true&allowWatchBookmarks=true`,
      );
      expect(answer.status).toBe(422);
      expect(answer.body.message).toBe(
        'ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
      );
    });

    it('ends when its time is over', async () => {
      const watch = await open('timeoutSeconds=1');
      await eventually(
        'the watch ends',
        () => expect(watch.isOver()).toBe(true),
        5_000,
      );
    });

    it('watches one object by its path', async () => {
      await create('a');
      const watch = await client.watch(
        `${path}?fieldSelector=metadata.name%3Da&resourceVersion=0`,
      );
      watches.push(watch);
      await eventually('the object is told', () =>
        expect(reported(watch)).toContain('ADDED a'),
      );
    });
  },
);
