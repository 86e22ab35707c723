import type { ClusterTransport } from '@callboard/plugin-callboard-node';
import { SimFleet } from '@callboard/sim';
import { type StartedPlugin, listPlugins } from './__testUtils__/listPlugins';
import { ProxyTransport } from './ProxyTransport';

const TOKEN = 'of-the-api-server-1234';

jest.setTimeout(60_000);

for (const { kind, describeOn, start } of listPlugins())
  describeOn(`the Kubernetes plugin, ${kind}`, () => {
    let fleet: SimFleet;
    let started: StartedPlugin;
    let transport: ClusterTransport;

    beforeAll(async () => {
      fleet = await SimFleet.listen();
      fleet.addCluster({ name: 'eu-1', nodes: [], token: TOKEN });
      started = await start({
        'eu-1': { url: fleet.urlOf('eu-1'), token: TOKEN },
        'off-1': { url: 'http://127.0.0.1:9', token: TOKEN },
      });
      transport = await ProxyTransport.open('eu-1', started.plugin);
    });

    afterAll(async () => {
      await transport?.close();
      await started?.stop();
      await fleet?.close();
    });

    async function ask(
      path: string,
      { method = 'GET' as 'GET' | 'POST' | 'PATCH', body = '' } = {},
      by = transport,
    ) {
      const response = await by.send({
        method,
        path,
        ...(body && {
          body,
          headers: {
            'content-type':
              method === 'PATCH'
                ? 'application/apply-patch+yaml'
                : 'application/json',
          },
        }),
        signal: AbortSignal.timeout(10_000),
      });
      let text = '';
      for await (const chunk of response.body) text += Buffer.from(chunk);
      return { status: response.status, body: JSON.parse(text) };
    }

    it('lists its clusters', async () => {
      expect(await started.plugin.listClusters()).toEqual([
        expect.objectContaining({
          name: 'eu-1',
          authProvider: 'serviceAccount',
        }),
        expect.objectContaining({ name: 'off-1' }),
      ]);
    });

    it('carries what is read and what is written, with queries', async () => {
      const namespace = {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: 'shop' },
      };
      expect(
        await ask('/api/v1/namespaces/shop?fieldManager=callboard&force=true', {
          method: 'PATCH',
          body: JSON.stringify(namespace),
        }),
      ).toMatchObject({ status: 201, body: { kind: 'Namespace' } });
      expect(await ask('/api/v1/namespaces?limit=500')).toMatchObject({
        status: 200,
        body: { kind: 'NamespaceList' },
      });
    });

    it('passes on what the API server refuses', async () => {
      expect(await ask('/api/v1/namespaces/nobody')).toMatchObject({
        status: 404,
        body: { kind: 'Status', reason: 'NotFound' },
      });
    });

    it('carries a watch line by line, and ends it when it is left', async () => {
      const left = new AbortController();
      const response = await transport.send({
        method: 'GET',
        path: '/api/v1/namespaces?watch=true&allowWatchBookmarks=true',
        signal: left.signal,
      });
      expect(response.status).toBe(200);
      for await (const chunk of response.body) {
        expect(Buffer.from(chunk).toString()).toContain('"type":"ADDED"');
        break;
      }
      left.abort();
    });

    it.each([
      ['gone-1', /not found/, false],
      ['off-1', /ECONNREFUSED|request error/, true],
    ])('says that it has no way to %s', async (name, why, transient) => {
      const other = await ProxyTransport.open(name, started.plugin);
      await expect(
        ask('/api/v1/namespaces/shop', {}, other),
      ).rejects.toMatchObject({
        problem: {
          code: 'cluster-proxy-refused',
          why: expect.stringMatching(why),
          transient,
        },
      });
      await other.close();
    });
  });
