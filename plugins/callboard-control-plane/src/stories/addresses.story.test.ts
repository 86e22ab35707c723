import { TestFleet } from '../__testUtils__/TestFleet';
import { eventually } from '@callboard/testing';

jest.setTimeout(60_000);

describe('the address of an app', () => {
  let fleet: TestFleet;
  afterEach(() => fleet?.close());

  const inProd = { app: 'shop', environment: 'prod' };

  it('is its own where it has a name, and leads to every cluster where it is Healthy', async () => {
    fleet = await TestFleet.create({
      clusters: ['dev-1', 'ap-1', 'eu-1', 'us-1'],
      livenessDeadlineMs: 1_000,
      deps: {
        appUrlOf: ({ app, environment }) => `http://${app}.${environment}.test`,
      },
    });
    expect(await fleet.controlPlane.findAddresses(inProd)).toEqual([]);
    const { lines } = await fleet.push('shop');
    expect(lines).toContain('http://shop.dev.test');
    expect(lines.join('\n')).not.toContain('http://localhost:3');
    expect((await fleet.environment('shop', 'prod')).url).toBeUndefined();
    await fleet.promote('shop', 'prod', 1);
    await eventually(async () =>
      expect(await fleet.healthOf('shop', 'prod')).toEqual({
        'ap-1': 'Healthy',
        'eu-1': 'Healthy',
        'us-1': 'Healthy',
      }),
    );
    const prod = await fleet.environment('shop', 'prod');
    expect(prod.url).toBe('http://shop.prod.test');
    const places = prod.clusters.map(({ url, urls }) => {
      expect(urls[0]).toBe(url);
      return url;
    });
    expect(places).toHaveLength(3);
    expect((await fleet.controlPlane.findAddresses(inProd)).sort()).toEqual(
      places.sort(),
    );

    fleet.cluster('eu-1').setPower(false);
    await eventually(async () =>
      expect(await fleet.controlPlane.findAddresses(inProd)).toHaveLength(2),
    );
  });

  it('leads to the release before while the one that is wanted does not start', async () => {
    fleet = await TestFleet.create({ clusters: ['dev-1'] });
    await fleet.push('shop');
    const inDev = { app: 'shop', environment: 'dev' };
    const [before] = await fleet.controlPlane.findAddresses(inDev);
    await fleet.push('shop', { does: 'crash', code: 1, says: ['oh'] });
    await fleet.turns('shop', 'dev', 'Degraded');
    expect(await fleet.controlPlane.findAddresses(inDev)).toEqual([before]);
  });

  it('is that of a cluster where it is Healthy, where it has no name', async () => {
    fleet = await TestFleet.create({ clusters: ['dev-1'] });
    await fleet.push('shop');
    const { url, clusters } = await fleet.environment('shop', 'dev');
    expect(url).toMatch(/^http:\/\/localhost:3\d{4}$/);
    expect(url).toBe(clusters[0].url);
  });
});
