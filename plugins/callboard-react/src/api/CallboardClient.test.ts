import { ProblemError } from '@callboard/plugin-callboard-common';
import { CallboardClient } from './CallboardClient';

/** A client whose portal answers as told, and what it was asked. */
function clientOf(answer: () => Response | Promise<Response>) {
  const asked: string[] = [];
  const client = new CallboardClient({
    fetchApi: {
      fetch: async (input, init) => {
        asked.push(
          `${init?.method ?? 'GET'} ${input} ${init?.body ?? ''}`.trim(),
        );
        return answer();
      },
    },
    discoveryApi: { getBaseUrl: async id => `https://portal/api/${id}` },
  });
  return { client, asked };
}

function json(body: unknown, status = 200): Response {
  return {
    ok: status < 400,
    status,
    headers: new Headers(),
    json: async () => body,
  } as Response;
}

async function problemOf(promise: Promise<unknown>) {
  const error = await promise.then(
    () => undefined,
    thrown => thrown,
  );
  expect(error).toBeInstanceOf(ProblemError);
  return (error as ProblemError).problem;
}

describe('CallboardClient', () => {
  it('asks each question at its address', async () => {
    const { client, asked } = clientOf(() => json({ items: [] }));
    await client.getFleet();
    await client.listClusters();
    await client.getCluster('eu-1');
    await client.listBlueprints();
    await client.listEnvironments();
    await client.listApps();
    await client.getApp('checkout');
    await client.listReleases('checkout');
    await client.getTimeline('checkout', {
      lanes: 'cluster',
      from: new Date('2026-08-13T10:00:00Z'),
    });
    await client.readSbom('checkout', 3);
    await client.getPlacement('checkout', 'prod');
    await client.getRollout('checkout', 'prod');
    await client.steerRollout({
      app: 'checkout',
      environment: 'prod',
      action: 'rollback',
      version: '9f2c',
    });
    const { signal } = new AbortController();
    const where = { app: 'checkout', environment: 'dev' };
    for await (const _ of client.readLogs(
      { ...where, cluster: 'dev-1', follow: true },
      { signal },
    ));
    await client.readKubernetesView({
      app: 'checkout',
      environment: 'dev',
      cluster: 'dev-1',
    });
    await client.readJournalPage({ app: 'checkout', limit: 5 });
    await client.readJournalPage({
      app: 'checkout',
      actor: 'user:default/ana',
      kind: 'releases',
      cursor: 'WyJqIl0',
    });
    await client.promote({
      app: 'checkout',
      environment: 'prod',
      release: 3,
      replaces: null,
    });
    await client.setClusterPower({ cluster: 'eu-1', on: false });
    await client.registerCluster({ name: 'store-7', labels: { env: 'edge' } });
    await client.renewRegistration('store-7');
    await client.removeCluster('store-7');
    expect(
      asked.map(line => line.replace('plugin://callboard/v1/', '/')),
    ).toEqual([
      'GET /fleet',
      'GET /clusters?limit=500',
      'GET /clusters/eu-1',
      'GET /blueprints?limit=500',
      'GET /environments?limit=500',
      'GET /apps?limit=500',
      'GET /apps/checkout',
      'GET /apps/checkout/releases?limit=500',
      'GET /apps/checkout/timeline?lanes=cluster&from=2026-08-13T10%3A00%3A00.000Z',
      'GET /apps/checkout/releases/3/sbom',
      'GET /apps/checkout/environments/prod/placement',
      'GET /apps/checkout/environments/prod/rollout',
      'POST /apps/checkout/environments/prod/rollout/rollback {"version":"9f2c"}',
      'GET /apps/checkout/environments/dev/logs?cluster=dev-1&follow=true',
      'GET /apps/checkout/environments/dev/clusters/dev-1/kubernetes',
      'GET /journal?app=checkout&limit=5',
      'GET /journal?app=checkout&actor=user%3Adefault%2Fana&kind=releases&cursor=WyJqIl0',
      'POST /apps/checkout/environments/prod/promotions {"release":3,"replaces":null}',
      'PUT /playground/clusters/eu-1/power {"on":false}',
      'POST /clusters {"name":"store-7","labels":{"env":"edge"}}',
      'POST /clusters/store-7/join',
      'DELETE /clusters/store-7',
    ]);
  });

  it('asks about settings in one environment and in all of them', async () => {
    const { client, asked } = clientOf(() =>
      json({ items: [], lacking: [], version: 3 }),
    );
    expect(await client.listSettings({ app: 'checkout' })).toEqual({
      items: [],
      lacking: [],
      version: 3,
    });
    for (const where of [{}, { environment: 'prod' }]) {
      const setting = { app: 'checkout', name: 'RATES_URL', ...where };
      await client.listSettings({ app: 'checkout', ...where });
      await client.changeSetting(
        setting,
        { kind: 'set', value: 'a\nb', secret: true },
        'moved',
      );
      await client.changeSetting(setting, { kind: 'remove' }, 'not read');
      await client.changeSetting(setting, {
        kind: 'refer',
        reference: { clusterSecretStore: 'vault', key: 'k' },
      });
      await client.changeSetting(setting, { kind: 'take-back', version: 7 });
    }
    await client.listResources('checkout', 'prod');
    await client.rotateSecrets({
      app: 'checkout',
      environment: 'prod',
      resource: 'db',
    });
    await client.listKeptData('checkout');
    const left = { app: 'checkout', environment: 'prod', cluster: 'eu-1' };
    await client.deleteData(left, { forget: false });
    await client.deleteData(left, { forget: true });
    const sent = '{"value":"a\\nb","secret":true,"why":"moved"}';
    const referred = '{"reference":{"clusterSecretStore":"vault","key":"k"}}';
    expect(
      asked.map(line =>
        line.replace('plugin://callboard/v1/apps/checkout', ''),
      ),
    ).toEqual([
      'GET /settings?limit=500',
      'GET /settings?limit=500',
      `PUT /settings/RATES_URL ${sent}`,
      'DELETE /settings/RATES_URL {"why":"not read"}',
      `PUT /settings/RATES_URL ${referred}`,
      'POST /settings/RATES_URL/restoration {"version":7}',
      'GET /environments/prod/settings?limit=500',
      `PUT /environments/prod/settings/RATES_URL ${sent}`,
      'DELETE /environments/prod/settings/RATES_URL {"why":"not read"}',
      `PUT /environments/prod/settings/RATES_URL ${referred}`,
      'POST /environments/prod/settings/RATES_URL/restoration {"version":7}',
      'GET /environments/prod/resources',
      'POST /environments/prod/resources/db/rotation',
      'GET /data',
      'DELETE /environments/prod/data/eu-1',
      'DELETE /environments/prod/data/eu-1?forget=true',
    ]);
  });

  it('asks for an instant where answers are kept by instant, and nowhere else', async () => {
    const { client, asked } = clientOf(() => json({ items: [] }));
    const at = new Date('2026-08-20T14:05:00Z');
    await client.getFleet({ at });
    await client.listReleases('checkout', { at });
    await client.readJournalPage({ app: 'checkout' }, { at });
    await client.readSbom('checkout', 3, { at });
    expect(
      asked.map(line => line.replace('plugin://callboard/v1/', '/')),
    ).toEqual([
      'GET /fleet?at=2026-08-20T14:05:00.000Z',
      'GET /apps/checkout/releases?limit=500&at=2026-08-20T14:05:00.000Z',
      'GET /journal?app=checkout&at=2026-08-20T14:05:00.000Z',
      'GET /apps/checkout/releases/3/sbom',
    ]);
  });

  it('reads lists to their end', async () => {
    const pages = [
      { items: [{ name: 'a' }], nextCursor: 'x/y' },
      { items: [{ name: 'b' }] },
    ];
    const { client, asked } = clientOf(() => json(pages[asked.length - 1]));
    const at = new Date('2026-08-20T14:05:00Z');
    expect(await client.listApps({ at })).toEqual([
      { name: 'a' },
      { name: 'b' },
    ]);
    expect(
      asked.map(line => line.replace('plugin://callboard/v1/', '/')),
    ).toEqual([
      'GET /apps?limit=500&at=2026-08-20T14:05:00.000Z',
      'GET /apps?limit=500&cursor=x%2Fy&at=2026-08-20T14:05:00.000Z',
    ]);
  });

  it('keeps a name inside its part of the path', async () => {
    const { client, asked } = clientOf(() => json({}));
    await client.getApp('../clusters/eu-1?x#y');
    expect(asked).toEqual([
      'GET plugin://callboard/v1/apps/..%2Fclusters%2Feu-1%3Fx%23y',
    ]);
  });

  it('reads how pushed code is isolated', async () => {
    const answer = {
      kind: 'namespaces',
      says: 'apart',
      limits: 'all',
      databases: 'run',
    };
    const { client } = clientOf(() => json(answer));
    expect(await client.getPlaygroundIsolation()).toEqual(answer);
  });

  it('knows where an app is pushed to', async () => {
    const { client } = clientOf(() => json({}));
    expect(await client.getPushUrl('shop')).toBe(
      'https://portal/api/callboard/git/shop.git',
    );
  });

  it('hands on the problem the API names', async () => {
    const { client } = clientOf(() =>
      json(
        {
          code: 'app-not-found',
          what: 'Cannot read app "x"',
          why: 'none has that name',
          next: 'Push it',
        },
        404,
      ),
    );
    expect(await problemOf(client.getApp('x'))).toEqual({
      code: 'app-not-found',
      what: 'Cannot read app "x"',
      why: 'none has that name',
      next: 'Push it',
      transient: false,
    });
  });

  it.each([
    {
      name: 'an ended sign-in',
      answer: () => json({}, 401),
      code: 'not-signed-in',
      transient: false,
    },
    {
      name: "a refusal of the portal's own",
      answer: () => json({ error: { name: 'X', message: 'no' } }, 403),
      code: 'not-allowed',
      transient: false,
    },
    {
      name: 'a page that is not there',
      answer: () => json({}, 404),
      code: 'not-found',
      transient: false,
    },
    {
      name: 'a proxy that answers with text',
      answer: () =>
        ({
          ok: false,
          status: 502,
          json: async () => JSON.parse('<html>'),
        } as Response),
      code: 'unexpected-answer',
      transient: true,
    },
    {
      name: 'no answer at all',
      answer: () => Promise.reject(new TypeError('Failed to fetch')),
      code: 'callboard-unreachable',
      transient: true,
    },
  ])('puts $name into words', async ({ answer, code, transient }) => {
    const { client } = clientOf(answer);
    const problem = await problemOf(client.getApp('checkout'));
    expect(problem).toMatchObject({
      code,
      transient,
      what: 'Cannot read app "checkout"',
    });
    expect(problem.next).not.toBe('');
  });
});
