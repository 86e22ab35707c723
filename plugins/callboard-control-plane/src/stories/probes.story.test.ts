import type { ProbeReading } from '@callboard/plugin-callboard-core';
import { eventually } from '@callboard/testing';
import { TestFleet } from '../__testUtils__/TestFleet';

jest.setTimeout(60_000);

const ANSWER: ProbeReading = { kind: 'answered', ms: 40, status: 200 };
const MINUTE_MS = 60_000;

describe('addresses that the portal looks at', () => {
  let fleet: TestFleet;
  let at: number;
  beforeEach(async () => {
    at = Date.now() - 60 * MINUTE_MS;
    fleet = await TestFleet.create({ clusters: ['dev-1', 'eu-1'] });
    fleet.refines('dev', {
      addresses: { domain: 'dev.example.com', via: { type: 'NodePort' } },
    });
    fleet.refines('prod', {
      addresses: { domain: 'example.com', via: { type: 'Ingress' } },
    });
  });
  afterEach(() => fleet?.close());

  const list = async () =>
    (await fleet.controlPlane.findAddressesToProbe()) ?? [];
  const finds = async (app: string, reading: ProbeReading) => {
    const address = (await list()).find(each => each.app === app);
    if (!address) throw new Error(`There is no address of ${app}`);
    at += MINUTE_MS;
    return fleet.controlPlane.noteProbes([
      { address, reading, at: new Date(at) },
    ]);
  };
  const addressOf = async (app: string, environment: string) =>
    (await fleet.environment(app, environment)).addresses?.[0];
  /** What an Ingress controller says of the Ingress that it took. */
  const letInAt = async (cluster: string, ip: string) => {
    const answer = await fetch(
      `${fleet.sims.urlOf(
        cluster,
      )}/apis/networking.k8s.io/v1/namespaces/shop--prod/ingresses/shop.example.com/status`,
      {
        method: 'PATCH',
        headers: {
          Authorization: `Bearer ${fleet.cluster(cluster).token}`,
          'Content-Type': 'application/merge-patch+json',
        },
        body: JSON.stringify({
          status: { loadBalancer: { ingress: [{ ip }] } },
        }),
      },
    );
    expect(answer.status).toBe(200);
  };
  const entries = async (app: string) =>
    (await fleet.controlPlane.listJournal({ app }))
      .filter(({ action }) => action.startsWith('address.'))
      .map(({ action, why }) => `${action}: ${why}`)
      .reverse();

  it('are those that apps claimed and a cluster has taken, and no others', async () => {
    expect(await list()).toEqual([]);
    await fleet.push('shop');
    const { url } = await fleet.environment('shop', 'dev');
    expect((await list()).map(each => each.url)).toEqual([url]);
    await fleet.promote('shop', 'prod', 1);
    await eventually(async () =>
      expect(fleet.objects('eu-1', 'Ingress')).toHaveLength(1),
    );
    // No controller has taken the Ingress: a request would reach something else.
    expect((await list()).map(each => each.url)).toEqual([url]);
    await fleet.controlPlane.removeApp({
      app: 'shop',
      actor: 'user:default/ana',
      confirm: 'shop',
    });
    expect(await list()).toEqual([]);
  });

  it('say on the page what was found, and in the journal that they came and went', async () => {
    await fleet.push('shop');
    expect((await addressOf('shop', 'dev'))?.probe).toBeUndefined();
    await finds('shop', { kind: 'failed', state: 'unresolved' });
    expect((await addressOf('shop', 'dev'))?.probe).toMatchObject({
      state: 'unresolved',
      stale: true, // it was an hour ago
    });
    expect(await entries('shop')).toEqual([]);
    at = Date.now() - 15 * MINUTE_MS;
    await finds('shop', ANSWER);
    for (let times = 0; times < 12; times += 1) await finds('shop', ANSWER);
    expect((await addressOf('shop', 'dev'))?.probe).toMatchObject({
      state: 'answers',
      ms: 40,
      stale: false,
    });
    await finds('shop', { kind: 'failed', state: 'silent' });
    expect((await addressOf('shop', 'dev'))?.probe?.state).toBe('answers');
    await finds('shop', { kind: 'failed', state: 'silent' });
    expect((await addressOf('shop', 'dev'))?.probe?.state).toBe('silent');
    expect(await entries('shop')).toEqual([
      expect.stringMatching(/^address\.answers: Answers in 40 ms/),
      expect.stringMatching(
        /^address\.failed: Gives no answer since .*firewall/,
      ),
    ]);
    expect(
      (await fleet.app('shop', new Date(Date.now()))).environments[0]
        .addresses?.[0].probe,
    ).toBeUndefined();
  });

  it('notes nothing of an address that its app has no more', async () => {
    await fleet.push('shop');
    const [address] = await list();
    await fleet.controlPlane.removeApp({
      app: 'shop',
      actor: 'user:default/ana',
      confirm: 'shop',
    });
    const known = await fleet.controlPlane.noteProbes([
      { address, reading: ANSWER, at: new Date() },
    ]);
    expect(known.size).toBe(0);
  });

  it('know the record that is missing once the cluster says where it lets the world in', async () => {
    await fleet.push('shop');
    await fleet.promote('shop', 'prod', 1);
    await eventually(async () =>
      expect(fleet.objects('eu-1', 'Ingress')).toEqual([
        'shop--prod/shop.example.com',
      ]),
    );
    await letInAt('eu-1', '192.0.2.7');
    await eventually(async () =>
      expect((await addressOf('shop', 'prod'))?.accepted).toBe(true),
    );
    const address = (await list()).find(each => each.environment === 'prod')!;
    // What a cluster says is kept a little later than it is seen.
    await eventually(async () => {
      await fleet.controlPlane.noteProbes([
        {
          address,
          reading: { kind: 'failed', state: 'unresolved' },
          at: new Date(),
        },
      ]);
      expect((await addressOf('shop', 'prod'))?.probe).toMatchObject({
        state: 'unresolved',
        stale: false,
        records: [{ type: 'A', value: '192.0.2.7' }],
      });
    });
  });
});
