import { TestFleet } from '../__testUtils__/TestFleet';
import { eventually } from '../__testUtils__/eventually';

jest.setTimeout(60_000);

describe('a push', () => {
  let fleet: TestFleet;
  afterEach(() => fleet?.close());

  it('ends Healthy on dev, and tells the pusher so', async () => {
    fleet = await TestFleet.create({ clusters: ['dev-1', 'eu-1'] });
    const { lines, last } = await fleet.push('shop');
    expect(await fleet.healthOf('shop', 'dev')).toEqual({ 'dev-1': 'Healthy' });
    expect(fleet.apps.running('shop')).toEqual(['dev-1/main']);
    expect(lines.map(line => line.replace(/\s+\d+(\.\d)? s$/, ''))).toEqual([
      expect.stringMatching(/^Revision [0-9a-f]{7} {2}Let shop serve$/),
      'Built with scripted',
      'Release 1 for dev',
      'Placed on dev-1: 1 of 2 clusters fits, 1 wanted',
      'Healthy',
      expect.stringMatching(/^http:\/\/localhost:3\d{4}$/),
      expect.stringMatching(/^shop runs release 1 in dev, healthy after/),
    ]);
    expect(last?.kind).toBe('done');
    const app = await fleet.app('shop');
    expect(app.sentence).toMatch(
      /^Release 1 is healthy in dev; release 1 can go to prod\.$/,
    );
    expect(app.owner).toBe('user:default/ana');
    expect((await fleet.environment('shop', 'dev')).clusters).toMatchObject([
      {
        cluster: 'dev-1',
        release: 1,
        desiredRelease: 1,
        sync: 'Synced',
        freshness: 'live',
        instances: { ready: 1, wanted: 1 },
      },
    ]);
  });

  it('is promoted to three clusters, one in each region; every cluster of the fleet has a verdict', async () => {
    fleet = await TestFleet.create();
    await fleet.settles();
    await fleet.push('shop');
    expect(await fleet.controlPlane.getPlacement('shop', 'prod')).toMatchObject(
      {
        ok: true,
        value: {
          message: 'Would run on ap-1, eu-1 and us-1. No release is here yet.',
        },
      },
    );
    await fleet.promote('shop', 'prod', 1);
    await fleet.turns('shop', 'prod', 'Healthy');
    expect(await fleet.healthOf('shop', 'prod')).toEqual({
      'ap-1': 'Healthy',
      'eu-1': 'Healthy',
      'us-1': 'Healthy',
    });
    expect(fleet.apps.running('shop')).toEqual([
      'ap-1/main',
      'dev-1/main',
      'eu-1/main',
      'us-1/main',
    ]);
    const placement = await fleet.controlPlane.getPlacement('shop', 'prod');
    if (!placement.ok) throw new Error(placement.problem.why);
    expect(placement.value.satisfied).toBe(true);
    expect(
      placement.value.verdicts.map(
        ({ cluster, verdict }) => `${cluster} ${verdict}`,
      ),
    ).toEqual([
      'ap-1 chosen',
      'eu-1 chosen',
      'us-1 chosen',
      'dev-1 refused',
      'edge-101 refused',
      'edge-102 refused',
      'pci-1 refused',
      'staging-1 refused',
    ]);
    expect(
      placement.value.verdicts.find(({ cluster }) => cluster === 'pci-1')
        ?.reasons[0].message,
    ).toMatch(/blueprint pci/);
  });

  it("that crashes at start turns dev Degraded in a developer's words; what ran in prod is untouched", async () => {
    fleet = await TestFleet.create();
    await fleet.settles();
    await fleet.push('shop');
    await fleet.promote('shop', 'prod', 1);
    await fleet.turns('shop', 'prod', 'Healthy');
    const { lines, last } = await fleet.push('shop', {
      does: 'crash',
      code: 3,
      says: ['starting', 'no DATABASE_URL'],
    });
    expect(last?.kind).toBe('failed');
    expect(lines.join('\n')).toMatch(/\| no DATABASE_URL/);

    const dev = await fleet.turns('shop', 'dev', 'Degraded');
    expect(dev.findings[0]).toMatchObject({
      code: expect.stringMatching(/^crashed/),
      logTail: ['starting', 'no DATABASE_URL'],
    });
    expect(dev.findings[0].what).toContain('exit code 3');
    expect(lines.join(' ')).toContain(dev.findings[0].what.slice(0, 40));
    const prod = await fleet.environment('shop', 'prod');
    expect([prod.release?.number, prod.health.status]).toEqual([1, 'Healthy']);
    expect(prod.promotion?.blockedBy).toMatchObject({
      code: 'release-degraded',
    });
    await expect(fleet.promote('shop', 'prod', 2)).rejects.toThrow(
      /exit code 3/,
    );

    await fleet.push('shop', { does: 'serve' }, { 'README.md': 'mended' });
    await fleet.turns('shop', 'dev', 'Healthy');
    expect((await fleet.environment('shop', 'dev')).findings).toEqual([]);
  });

  it("that does not build is told with the builder's words, and makes no release", async () => {
    fleet = await TestFleet.create({ clusters: ['dev-1'] });
    const problem = {
      code: 'no-start',
      what: 'Cannot bundle it',
      why: 'there is no start',
      next: 'Add one',
      transient: false,
    };
    const { last } = await fleet.push('shop', { does: 'not-build', problem });
    expect(last).toEqual({ kind: 'failed', line: 'Cannot bundle it' });
    expect((await fleet.app('shop')).build).toMatchObject({
      state: 'failed',
      problem,
    });
    expect(
      (await fleet.app('shop')).environments.map(({ release }) => release),
    ).toEqual([null, null]);
  });

  it('of an app that requires blueprint pci goes to the PCI cluster and nowhere else', async () => {
    fleet = await TestFleet.create();
    await fleet.settles();
    const appFile =
      'apiVersion: callboard.dev/v1alpha1\nkind: App\nmetadata: { name: pay }\nspec: { requires: { blueprint: pci } }\n';
    await fleet.push('pay', { does: 'serve' }, { 'app.yaml': appFile });
    expect(await fleet.healthOf('pay', 'dev')).toEqual({ 'pci-1': 'Healthy' });
    await fleet.promote('pay', 'prod', 1);
    const prod = await fleet.turns('pay', 'prod', 'Healthy');
    expect(prod.clusters.map(({ cluster }) => cluster)).toEqual(['pci-1']);
    expect(prod.placement).toMatchObject({
      satisfied: false,
      wanted: 3,
      chosen: 1,
    });
  });

  it('leaves a cluster where it is no longer placed, and nothing of it there', async () => {
    fleet = await TestFleet.create();
    await fleet.settles();
    await fleet.push('shop');
    expect(fleet.objects('dev-1', 'Deployment')).toEqual(['shop--dev/web']);
    fleet.platform = {
      ...fleet.platform,
      environments: fleet.platform.environments.map(file =>
        file.metadata.name === 'dev'
          ? {
              ...file,
              spec: {
                ...file.spec,
                placement: {
                  numberOfClusters: 1,
                  predicates: [
                    {
                      requiredClusterSelector: {
                        labelSelector: { matchLabels: { env: 'staging' } },
                      },
                    },
                  ],
                },
              },
            }
          : file,
      ),
    };
    await fleet.restartControlPlane();
    await eventually(
      async () => {
        expect(await fleet.healthOf('shop', 'dev')).toEqual({
          'staging-1': 'Healthy',
        });
      },
      { timeoutMs: 20_000 },
    );
    expect(fleet.objects('dev-1', 'Deployment')).toEqual([]);
    expect(fleet.objects('dev-1', 'Namespace')).not.toContain('/shop--dev');
  });

  it('runs on in the record when its cluster falls silent: Unknown, last seen, never green', async () => {
    fleet = await TestFleet.create({
      clusters: ['dev-1'],
      livenessDeadlineMs: 1_500,
    });
    await fleet.push('shop');
    fleet.cluster('dev-1').setPower(false);
    const dev = await fleet.turns('shop', 'dev', 'Unknown', 3_500);
    expect(dev.clusters[0].health.message).toMatch(
      /^last seen .* ago, was healthy then$/,
    );
    expect(dev.clusters[0].sync).toBe('Unknown');
    expect((await fleet.app('shop')).sentence).toMatch(
      /nobody knows how release 1 is in dev/i,
    );
    fleet.cluster('dev-1').setPower(true);
    await fleet.turns('shop', 'dev', 'Healthy');
  });
});
