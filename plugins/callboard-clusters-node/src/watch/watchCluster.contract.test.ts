import { LABELS } from '@callboard/plugin-callboard-common';
import type { ClusterConnection } from '@callboard/plugin-callboard-node';
import {
  type StartedApiServer,
  listApiServers,
} from '../__testUtils__/apiServers';
import { eventually } from '@callboard/testing';
import { openConnection } from '../openConnection';
import type { ClusterEvent, Liveness, SyncPoint } from './types';
import { watchCluster } from './watchCluster';

const CONFIG_MAPS = { apiVersion: 'v1', kind: 'ConfigMap' };

for (const { kind: apiServer, describeOn, start } of listApiServers()) {
  describeOn(`watching the ${apiServer} API server`, () => {
    let server: StartedApiServer;
    let connection: ClusterConnection;

    beforeAll(async () => {
      server = await start();
      connection = openConnection(server.cluster);
    }, 70_000);
    afterAll(async () => {
      await connection?.close();
      await server?.stop();
    });

    const set = async (name: string, value: string) => {
      const metadata = {
        name,
        namespace: 'default',
        labels: { [LABELS.managedBy]: 'callboard' },
      };
      expect(
        await connection.apply({ ...CONFIG_MAPS, metadata, data: { value } }),
      ).toMatchObject({ ok: true });
    };

    function watch(resumeFrom: Record<string, string> = {}) {
      const seen: string[] = [];
      const points: SyncPoint[] = [];
      const pulse: Liveness[] = [];
      const stop = new AbortController();
      const onEvent = (event: ClusterEvent) => {
        const name =
          event.type === 'present'
            ? event.object.metadata.name
            : event.ref.name;
        seen.push(`${event.type} ${name}`);
      };
      const done = watchCluster(
        connection,
        {
          kinds: [CONFIG_MAPS],
          labelSelector: `${LABELS.managedBy}=callboard`,
          resumeFrom,
          onEvent,
          onSync: point => void points.push(point),
          onLiveness: liveness => void pulse.push(liveness),
          silenceMs: 8_000, // an API server sends its bookmark 2 s before it ends a watch
        },
        stop.signal,
      );
      const end = async () => {
        stop.abort();
        await done;
      };
      return { seen, points, pulse, end };
    }

    it('hands over what happens, resumes, and stays alive while nothing happens', async () => {
      const first = watch();
      await eventually('the list came', () =>
        expect(first.points).toHaveLength(1),
      );
      await set('a', '1');
      await set('a', '2');
      await eventually('both came', () =>
        expect(first.seen).toEqual(['present a', 'present a']),
      );
      await eventually(
        'a quiet watch sent its bookmark',
        () => expect(first.points.length).toBeGreaterThan(1),
        20_000,
      );
      await eventually(
        'it lived on without events',
        () => expect(first.pulse.length).toBeGreaterThan(5),
        20_000,
      );
      expect(first.pulse.map(each => each.kind)).not.toContain('silent');
      await first.end();

      const { resourceVersion } = first.points[first.points.length - 1];
      await connection.remove({
        ...CONFIG_MAPS,
        namespace: 'default',
        name: 'a',
      });
      await set('b', '1');
      const second = watch({ 'v1/ConfigMap': resourceVersion });
      await eventually('what happened meanwhile came', () =>
        expect(second.seen).toEqual(['absent a', 'present b']),
      );
      await second.end();
    }, 40_000);

    it('lists again when the past is gone', async () => {
      await set('c', '1');
      const { seen, end } = watch({ 'v1/ConfigMap': '1' });
      await eventually(
        'everything came',
        () => expect(seen).toContain('present c'),
        10_000,
      );
      await end();
    }, 20_000);
  });
}
