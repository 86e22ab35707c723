import { type KubeObject, ok } from '@callboard/plugin-callboard-common';
import type { ClusterConnection } from '@callboard/plugin-callboard-node';
import { gatherEvidence } from './gatherEvidence';

const crashed = (exitCode: number) => ({ terminated: { exitCode } });

function pod(name: string, status: object, more: object = {}): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'shop--dev', ...more },
    spec: { nodeName: `node-of-${name}` },
    status: { containerStatuses: [{ name: 'main', ...status }] },
  };
}

/** A cluster that holds these pods, and says of each output which it is. */
function clusterOf(pods: KubeObject[]): ClusterConnection {
  const connection: Pick<ClusterConnection, 'list' | 'read' | 'readLogs'> = {
    list: async ({ kind }) =>
      ok({ items: kind === 'Pod' ? pods : [], resourceVersion: '1' }),
    read: async ref => ok({ ...ref, metadata: { name: ref.name } }),
    readLogs: async ({ name }, options) =>
      ok(
        `${options?.container} of ${name}, ${
          options?.previous ? 'before' : 'now'
        }`,
      ),
  };
  return connection as ClusterConnection;
}

const gather = (pods: KubeObject[]) =>
  gatherEvidence(
    clusterOf(pods),
    { namespace: 'shop--dev', app: 'shop', environment: 'dev' },
    new AbortController().signal,
  );

describe('gatherEvidence', () => {
  it.each<{ name: string; given: KubeObject; expected: object }>([
    {
      name: 'an instance that is well',
      given: pod('a', { ready: true, state: { running: {} } }),
      expected: {},
    },
    {
      name: 'an instance that does not get ready',
      given: pod('a', { ready: false, state: { running: {} } }),
      expected: { a: 'main of a, now' },
    },
    {
      name: 'an instance that ended and was not started again yet',
      given: pod('a', {
        ready: false,
        state: { waiting: {} },
        lastState: crashed(1),
      }),
      expected: { a: 'main of a, now' },
    },
    {
      name: 'an instance that runs again and is not ready',
      given: pod('a', {
        ready: false,
        state: { running: {} },
        lastState: crashed(1),
      }),
      expected: { a: 'main of a, before' },
    },
    {
      name: 'an instance that looks well between two crashes',
      given: pod('a', {
        ready: true,
        state: { running: {} },
        lastState: crashed(137),
      }),
      expected: { a: 'main of a, before' },
    },
    {
      name: 'an instance that ended well before',
      given: pod('a', {
        ready: true,
        state: { running: {} },
        lastState: crashed(0),
      }),
      expected: {},
    },
    {
      name: 'an instance that leaves',
      given: pod(
        'a',
        { ready: false, state: { running: {} } },
        { deletionTimestamp: '2026-11-20T12:00:00Z' },
      ),
      expected: {},
    },
  ])('reads the output that tells: $name', async ({ given, expected }) => {
    expect((await gather([given])).logs).toEqual(expected);
  });

  it('reads the nodes of instances in trouble, and of no others', async () => {
    const { objects } = await gather([
      pod('a', { ready: true, state: { running: {} } }),
      pod('b', { ready: false, state: { running: {} } }),
    ]);
    expect(
      objects
        .filter(({ kind }) => kind === 'Node')
        .map(({ metadata }) => metadata.name),
    ).toEqual(['node-of-b']);
  });

  it('reads a few nodes and outputs, however many instances there are', async () => {
    const { objects, logs } = await gather(
      Array.from({ length: 50 }, (_, index) =>
        pod(`p${index}`, { ready: false, state: { running: {} } }),
      ),
    );
    expect(objects.filter(({ kind }) => kind === 'Node')).toHaveLength(4);
    expect(Object.keys(logs)).toHaveLength(4);
  });
});
