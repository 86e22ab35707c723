import { eventually } from '@callboard/testing';
import { TestFleet } from '../__testUtils__/TestFleet';

jest.setTimeout(60_000);

const TWO_OR_NONE = [
  {
    kinds: ['apps/Deployment'],
    checks: ['Degraded if .spec.replicas<2', 'Healthy'],
  },
];

describe("the platform's own rules of health", () => {
  let fleet: TestFleet;
  afterEach(() => fleet?.close());

  it('judge what runs already, as soon as they are there, and no longer than that', async () => {
    fleet = await TestFleet.create({
      clusters: ['dev-1'],
      livenessDeadlineMs: 1_500,
    });
    await fleet.push('shop');
    await fleet.turns('shop', 'dev', 'Healthy');
    const deployments = () =>
      fleet
        .cluster('dev-1')
        .dump()
        .filter(({ kind }) => kind === 'Deployment')
        .map(({ metadata }) => metadata.resourceVersion);
    const before = deployments();

    fleet.platform = { ...fleet.platform, healthRules: TWO_OR_NONE };
    await fleet.turns('shop', 'dev', 'Degraded');
    expect(deployments()).toEqual(before); // nothing happened in the cluster

    fleet.platform = { ...fleet.platform, healthRules: [] };
    await fleet.turns('shop', 'dev', 'Healthy');
  });

  it('judge again what was seen before a restart', async () => {
    fleet = await TestFleet.create({ clusters: ['dev-1'] });
    await fleet.push('shop');
    await fleet.turns('shop', 'dev', 'Healthy');
    await fleet.controlPlane.stop();
    fleet.platform = { ...fleet.platform, healthRules: TWO_OR_NONE };
    await fleet.startControlPlane();
    const { health } = await fleet.turns('shop', 'dev', 'Degraded');
    expect(health.message).toContain('reports a failure');
  });

  it('change nothing where nobody can read them', async () => {
    fleet = await TestFleet.create({
      clusters: ['dev-1'],
      livenessDeadlineMs: 1_500,
    });
    fleet.platform = { ...fleet.platform, healthRules: TWO_OR_NONE };
    await fleet.send('shop');
    await fleet.turns('shop', 'dev', 'Degraded');
    fleet.platform = {
      ...fleet.platform,
      healthRules: [{ kinds: ['apps/Deployment'], checks: ['Great'] }],
    };
    await fleet.send('shop', { does: 'serve' }, { 'README.md': 'two' });
    await eventually(async () => {
      const { release, health } = await fleet.environment('shop', 'dev');
      expect([release?.number, health.status]).toEqual([2, 'Degraded']);
    });
  });
});

describe('what changed just before', () => {
  let fleet: TestFleet;
  afterEach(() => fleet?.close());

  it('is named with the trouble: the release, and what happened to the cluster', async () => {
    fleet = await TestFleet.create({ clusters: ['dev-1'] });
    await fleet.settles();
    await fleet.send('shop');
    await fleet.turns('shop', 'dev', 'Healthy');
    await fleet.send('shop', { does: 'crash', code: 3, says: ['no database'] });
    await fleet.turns('shop', 'dev', 'Degraded');
    const changedBefore = await eventually(async () => {
      const { findings } = await fleet.environment('shop', 'dev');
      expect(findings[0]?.changedBefore).toBeDefined();
      return findings[0].changedBefore!;
    });
    const [first, second] = changedBefore.split('; ');
    expect(first).toMatch(
      /^Release 2 "Let shop crash" came \((?:\d+ s earlier|at that moment)\)$/,
    );
    expect(second).toMatch(
      /^(?:Blueprint golden|The platform|Machine) .*(?: earlier|\(at that moment)\)$/,
    );
  });

  it('stays what it was while the same goes on', async () => {
    fleet = await TestFleet.create({ clusters: ['dev-1'] });
    await fleet.send('shop', { does: 'crash', code: 3, says: ['no database'] });
    await fleet.turns('shop', 'dev', 'Degraded');
    const first = await eventually(async () => {
      const { findings } = await fleet.environment('shop', 'dev');
      expect(findings[0]?.since).toBeDefined();
      return findings[0];
    });
    await eventually(
      async () => {
        const { findings } = await fleet.environment('shop', 'dev');
        const ended = findings[0].evidence.find(
          ({ label }) => label === 'Ended',
        );
        expect(ended?.value).not.toBe(
          first.evidence.find(({ label }) => label === 'Ended')?.value,
        );
        expect(findings[0].since).toBe(first.since);
      },
      { timeoutMs: 40_000 },
    );
  });
});
