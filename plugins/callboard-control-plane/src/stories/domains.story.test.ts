import type { AppAddress } from '@callboard/plugin-callboard-common';
import { eventually } from '@callboard/testing';
import { TestFleet } from '../__testUtils__/TestFleet';

jest.setTimeout(60_000);

const SCORE = `
apiVersion: score.dev/v1b1
metadata: { name: web }
containers: { main: { image: . } }
service: { ports: { http: { port: 8080 } } }
`;

const appFile = (app: string, environment: string, addresses: AppAddress[]) =>
  JSON.stringify({
    apiVersion: 'callboard.dev/v1alpha1',
    kind: 'App',
    metadata: { name: app },
    spec: { environments: [{ name: environment, addresses }] },
  });

describe('apps of an environment with a domain', () => {
  let fleet: TestFleet;
  beforeEach(async () => {
    fleet = await TestFleet.create({ clusters: ['dev-1', 'eu-1'] });
    fleet.refines('dev', {
      addresses: {
        domain: 'dev.example.com',
        via: { type: 'NodePort' },
        hosts: ['*.example.com'],
      },
    });
    fleet.refines('prod', {
      addresses: { domain: 'example.com', via: { type: 'Ingress' } },
    });
  });
  afterEach(() => fleet?.close());

  const asks = (app: string, addresses: AppAddress[]) =>
    fleet.revision(app, {
      'score.yaml': SCORE,
      'app.yaml': appFile(app, 'dev', addresses),
      'behaviour.json': '{}',
    });
  const check = async (app: string, addresses: AppAddress[]) => {
    const checked = await fleet.controlPlane.checkPush(asks(app, addresses));
    return checked.ok ? undefined : checked.problem;
  };

  it('answer at their names, which the page, the pusher and the clusters have', async () => {
    const { lines } = await fleet.push('shop');
    const {
      url = '',
      addresses,
      clusters,
    } = await fleet.environment('shop', 'dev');
    expect(url).toMatch(/^http:\/\/shop\.dev\.example\.com:3\d{4}$/);
    expect(addresses).toEqual([{ url, accepted: true }]);
    expect(clusters.map(each => each.url)).toEqual([url]);
    expect(lines).toContain(url);

    await fleet.promote('shop', 'prod', 1);
    await eventually(async () =>
      expect(fleet.objects('eu-1', 'Ingress')).toEqual([
        'shop--prod/shop.example.com',
      ]),
    );
    expect((await fleet.environment('shop', 'prod')).addresses).toEqual([
      { url: 'https://shop.example.com', accepted: false },
    ]);
  });

  it('cannot have what another one has: at the push, when it is recorded, and at the promotion', async () => {
    await fleet.push('shop', undefined, {
      'app.yaml': appFile('shop', 'dev', [{ host: 'www.example.com' }]),
    });
    expect(await check('blog', [{ host: 'www.example.com' }])).toMatchObject({
      code: 'address-taken',
      what: 'Cannot push to "blog"',
      why: 'it wants to answer at "www.example.com" in "dev", where "shop" answers in "dev"',
    });
    expect(await check('blog', [{ host: 'blog.example.com' }])).toBeUndefined();
    expect(
      await check('blog', [{ host: 'shop.dev.example.com' }]),
    ).toMatchObject({ code: 'address-not-allowed' });

    // Two that were judged before either was recorded.
    const judged = await Promise.all(
      ['a', 'b'].map(app =>
        fleet.controlPlane.checkPush(asks(app, [{ host: 'both.example.com' }])),
      ),
    );
    const recorded = await Promise.all(
      judged.map(each => {
        if (!each.ok) throw new Error(each.problem.why);
        return fleet.controlPlane.recordPush(each.value, { isHead: true });
      }),
    );
    expect(
      recorded.map(each => (each.ok ? 'recorded' : each.problem.code)).sort(),
    ).toEqual(['address-taken', 'recorded']);

    // What a push gives up is free once no release has it any more.
    await fleet.push('shop', undefined, {
      'app.yaml': appFile('shop', 'dev', [{}]),
    });
    expect(await check('wiki', [{ host: 'www.example.com' }])).toMatchObject({
      code: 'address-taken',
    });
    await fleet.push(
      'shop',
      { does: 'serve' },
      {
        'app.yaml': appFile('shop', 'dev', []),
      },
    );
    expect(await check('wiki', [{ host: 'www.example.com' }])).toBeUndefined();
    await fleet.push('wiki', undefined, {
      'app.yaml': appFile('wiki', 'dev', [{ host: 'www.example.com' }]),
    });
    await expect(fleet.promote('shop', 'dev', 1)).rejects.toThrow(
      /where "wiki" answers/,
    );
  });
});
