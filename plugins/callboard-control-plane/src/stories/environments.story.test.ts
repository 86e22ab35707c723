import { eventually } from '@callboard/testing';
import { TestFleet } from '../__testUtils__/TestFleet';

jest.setTimeout(120_000);

describe('the environments of the platform', () => {
  let fleet: TestFleet;
  afterEach(() => fleet?.close());

  const listed = async (options = {}) =>
    (await fleet.controlPlane.listEnvironments(options)).map(
      ({ name, sentence, apps }) => ({ name, sentence, apps }),
    );

  it('say which clusters may take an app, and how the apps are that run there', async () => {
    fleet = await TestFleet.create({
      clusters: ['dev-1', 'eu-1', 'pci-1', 'us-1'],
    });
    await fleet.settles();
    expect(await listed()).toEqual([
      {
        name: 'dev',
        sentence: 'No app; 1 of 4 clusters may take an app',
        apps: { total: 0, needAttention: 0, names: [] },
      },
      {
        name: 'prod',
        sentence: 'No app; 2 of 4 clusters may take an app',
        apps: { total: 0, needAttention: 0, names: [] },
      },
    ]);
    const before = new Date();

    await fleet.push('shop');
    await fleet.push('broken', { does: 'crash', code: 3, says: ['no'] });
    await fleet.controlPlane.scheduleCluster({
      cluster: 'us-1',
      to: 'cordon',
      actor: 'user:default/ana',
    });
    await eventually('the list says what became of it', async () => {
      expect(await listed()).toEqual([
        {
          name: 'dev',
          sentence:
            '2 apps, 1 needs attention; 1 of 4 clusters may take an app',
          apps: { total: 2, needAttention: 1, names: ['broken'] },
        },
        {
          name: 'prod',
          sentence: 'No app; 1 of 4 clusters may take an app',
          apps: { total: 0, needAttention: 0, names: [] },
        },
      ]);
    });
    const [dev, prod] = await fleet.controlPlane.listEnvironments();
    expect(dev.clusters?.[0]).toEqual({
      name: 'dev-1',
      title: expect.any(String),
      fits: true,
      reasons: [],
      apps: 2,
    });
    expect(
      prod.clusters?.map(({ name, fits, reasons: [first] }) => [
        name,
        fits,
        first,
      ]),
    ).toEqual([
      ['eu-1', true, undefined],
      ['dev-1', false, 'Needs a prod cluster; this one is dev'],
      ['pci-1', false, 'Reserved for apps that require blueprint pci'],
      ['us-1', false, 'It is cordoned: nothing new is placed on it'],
    ]);

    // Who may read one of the apps counts no other.
    expect(await listed({ onlyApps: ['shop'] })).toMatchObject([
      { apps: { total: 1, needAttention: 0 } },
      { apps: { total: 0 } },
    ]);
    const [then] = await fleet.controlPlane.listEnvironments({ at: before });
    expect(then).toMatchObject({ sentence: 'No app', apps: { total: 0 } });
    expect(then.clusters).toBeUndefined();
  });
});
