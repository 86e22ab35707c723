import { ApiClient, type Json } from '../support/ApiClient';
import {
  CONTRACT_SERVERS,
  reportSkippedServers,
} from '../support/contractServers';
import type { RunningApiServer } from '../support/startApiServer';

jest.setTimeout(60_000);
reportSkippedServers();

/** What clients ask a server about itself. */
describe.each(CONTRACT_SERVERS)(
  'discovery of the $name API server',
  ({ start }) => {
    let running: RunningApiServer;
    let client: ApiClient;

    beforeAll(async () => {
      running = await start();
      client = new ApiClient(running);
    });

    afterAll(() => running.stop());

    it('names its version', async () => {
      const { status, body } = await client.get('/version');
      expect(status).toBe(200);
      expect(body).toMatchObject({
        major: '1',
        minor: '36',
        gitVersion: 'v1.36.3',
        platform: 'linux/amd64',
      });
    });

    it.each(['/healthz', '/livez', '/readyz'])('is well at %s', async path => {
      const { status, text } = await client.get(path);
      expect({ status, text }).toEqual({ status: 200, text: 'ok' });
    });

    it('lets nobody in without the token', async () => {
      const stranger = new ApiClient({ url: running.url, token: 'guess' });
      const { status, body } = await stranger.get('/api/v1/namespaces');
      expect(status).toBe(401);
      expect(body).toEqual({
        kind: 'Status',
        apiVersion: 'v1',
        metadata: {},
        status: 'Failure',
        message: 'Unauthorized',
        reason: 'Unauthorized',
        code: 401,
      });
    });

    it.each([
      ['v1', 'pods', 'Pod', ['po'], true],
      ['v1', 'namespaces', 'Namespace', ['ns'], false],
      ['v1', 'services', 'Service', ['svc'], true],
      ['apps/v1', 'deployments', 'Deployment', ['deploy'], true],
      ['batch/v1', 'jobs', 'Job', undefined, true],
    ])(
      'lists %s %s',
      async (groupVersion, name, kind, shortNames, namespaced) => {
        const { body } = await client.get(
          groupVersion === 'v1' ? '/api/v1' : `/apis/${groupVersion}`,
        );
        expect(body).toMatchObject({ kind: 'APIResourceList', groupVersion });
        const found = (body.resources as Json[]).find(
          resource => resource.name === name,
        );
        expect(found).toMatchObject({
          kind,
          namespaced,
          verbs: expect.arrayContaining([
            'create',
            'delete',
            'get',
            'list',
            'patch',
            'update',
            'watch',
          ]),
        });
        expect(found?.shortNames).toEqual(shortNames);
      },
    );

    it('says all at once to those who ask so', async () => {
      const accept =
        'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json';
      const { body } = await client.get('/apis', accept);
      expect(body).toMatchObject({
        kind: 'APIGroupDiscoveryList',
        apiVersion: 'apidiscovery.k8s.io/v2',
      });
      const apps = (
        body.items as Array<{ metadata: { name: string }; versions: Json[] }>
      ).find(({ metadata }) => metadata.name === 'apps');
      const deployments = (apps?.versions[0].resources as Json[]).find(
        ({ resource }) => resource === 'deployments',
      );
      expect(deployments).toMatchObject({
        responseKind: { group: '', version: '', kind: 'Deployment' },
        scope: 'Namespaced',
        singularResource: 'deployment',
      });
    });

    it('describes the types of its objects', async () => {
      const { body: index } = await client.get('/openapi/v3');
      const url = (
        index.paths as Record<string, { serverRelativeURL: string }>
      )['apis/apps/v1'].serverRelativeURL;
      const { body } = await client.get(url.replace(/^\/clusters\/[^/]+/, ''));
      const schemas = (body.components as { schemas: Record<string, Json> })
        .schemas;
      expect(schemas['io.k8s.api.apps.v1.DeploymentSpec']).toMatchObject({
        required: ['selector', 'template'],
        type: 'object',
      });
    });

    it('prints tables for those who ask for tables', async () => {
      await client.send({
        method: 'POST',
        path: '/api/v1/namespaces/default/services',
        body: {
          apiVersion: 'v1',
          kind: 'Service',
          metadata: { name: 'web' },
          spec: { ports: [{ port: 80 }] },
        },
      });
      const accept =
        'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';
      const { body } = await client.get(
        '/api/v1/namespaces/default/services/web',
        accept,
      );
      expect(body).toMatchObject({
        kind: 'Table',
        apiVersion: 'meta.k8s.io/v1',
      });
      const columns = (
        body.columnDefinitions as Array<{ name: string; priority: number }>
      ).map(({ name, priority }) => `${name} ${priority}`);
      expect(columns).toEqual([
        'Name 0',
        'Type 0',
        'Cluster-IP 0',
        'External-IP 0',
        'Port(s) 0',
        'Age 0',
        'Selector 1',
      ]);
      const [row] = body.rows as Array<{ cells: unknown[]; object: Json }>;
      expect(row.cells.slice(0, 5)).toEqual([
        'web',
        'ClusterIP',
        expect.stringMatching(/^10\.96\./),
        '<none>',
        '80/TCP',
      ]);
      expect(row.object).toMatchObject({
        kind: 'PartialObjectMetadata',
        metadata: { name: 'web' },
      });
    });

    it('warns of Endpoints', async () => {
      const { warnings } = await client.get(
        '/api/v1/namespaces/default/endpoints',
      );
      expect(warnings).toEqual([
        '299 - "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice"',
      ]);
    });

    it('takes and gives events of both groups', async () => {
      await client.send({
        method: 'POST',
        path: '/apis/events.k8s.io/v1/namespaces/default/events',
        body: {
          apiVersion: 'events.k8s.io/v1',
          kind: 'Event',
          metadata: { name: 'told' },
          eventTime: '2026-01-01T00:00:00.000000Z',
          type: 'Normal',
          reason: 'Told',
          action: 'Telling',
          note: 'a story',
          regarding: {
            kind: 'Pod',
            name: 'p',
            namespace: 'default',
            apiVersion: 'v1',
          },
          reportingController: 'example.com/teller',
          reportingInstance: 'teller-1',
        },
      });
      const { body } = await client.get(
        '/api/v1/namespaces/default/events/told',
      );
      expect(body).toMatchObject({
        apiVersion: 'v1',
        message: 'a story',
        involvedObject: { kind: 'Pod', name: 'p' },
        reportingComponent: 'example.com/teller',
      });
    });
  },
);
