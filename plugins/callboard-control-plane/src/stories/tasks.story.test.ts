import { eventually } from '@callboard/testing';
import { TestFleet } from '../__testUtils__/TestFleet';

jest.setTimeout(90_000);

/** An app with a migration, which the simulated nodes play by its words. */
function files(words: string, runs = 'before-release') {
  return {
    'migrate/score.yaml': `
apiVersion: score.dev/v1b1
metadata: { name: migrate }
containers:
  main: { image: 'registry.example/trial:1', args: [${words}] }
`,
    'app.yaml': `
apiVersion: callboard.dev/v1alpha1
kind: App
metadata: { name: shop }
spec:
  deploy:
    migrate: { kind: Job, runs: ${runs}, retries: 0 }
`,
  };
}

describe('tasks of a release', () => {
  let fleet: TestFleet;
  afterEach(() => fleet?.close());

  const releaseOfWeb = (environment: string, cluster: string) =>
    fleet.object(cluster, 'Deployment', `shop--${environment}/web`).metadata
      .labels?.['callboard.dev/release'];
  const succeeded = async (environment: string) =>
    (await fleet.controlPlane.listJournal({ app: 'shop' }))
      .filter(
        entry =>
          entry.action === 'release.task-succeeded' &&
          entry.environment === environment,
      )
      .map(({ release, cluster }) => `${release} on ${cluster}`)
      .reverse();

  it('hold it until they succeeded, and keep the release before where they fail', async () => {
    fleet = await TestFleet.create({ clusters: ['dev-1'] });
    await fleet.push('shop', { does: 'serve' }, files('done, "0"'));
    await fleet.turns('shop', 'dev', 'Healthy');
    expect(await succeeded('dev')).toEqual(['1 on dev-1']);
    await eventually(() => expect(fleet.objects('dev-1', 'Job')).toEqual([]));

    await fleet.push('shop', { does: 'serve' }, files('crash, "3"'));
    await fleet.turns('shop', 'dev', 'Degraded');
    const dev = await fleet.environment('shop', 'dev');
    expect(dev.findings[0]).toMatchObject({
      workload: 'migrate',
      code: 'crashed-at-start',
    });
    expect(dev.findings[0].logTail.join('\n')).toContain('told to crash');
    expect(releaseOfWeb('dev', 'dev-1')).toBe('1');
    expect(fleet.apps.running('shop')).toEqual(['dev-1/main']);

    await fleet.restartControlPlane();
    await fleet.push('shop', { does: 'serve' }, files('done, "1"'));
    await fleet.turns('shop', 'dev', 'Healthy');
    expect(releaseOfWeb('dev', 'dev-1')).toBe('3');
    expect(await succeeded('dev')).toEqual(['1 on dev-1', '3 on dev-1']);
  });

  it('run once per environment, on one of its clusters', async () => {
    fleet = await TestFleet.create({
      clusters: ['ap-1', 'dev-1', 'eu-1', 'us-1'],
    });
    fleet.rollsOut('prod', undefined);
    await fleet.push('shop', { does: 'serve' }, files('done, "0"'));
    await fleet.promote('shop', 'prod', 1);
    await fleet.turns('shop', 'prod', 'Healthy');
    const { clusters } = await fleet.environment('shop', 'prod');
    expect(clusters.map(({ cluster }) => cluster)).toEqual([
      'ap-1',
      'eu-1',
      'us-1',
    ]);
    expect(await succeeded('prod')).toEqual(['1 on ap-1']);
  });

  it('that come after it start once it is Healthy', async () => {
    fleet = await TestFleet.create({ clusters: ['dev-1'] });
    await fleet.push(
      'shop',
      { does: 'serve' },
      files('done, "0"', 'after-release'),
    );
    await eventually(async () =>
      expect(await succeeded('dev')).toEqual(['1 on dev-1']),
    );
    await fleet.turns('shop', 'dev', 'Healthy');
    expect(releaseOfWeb('dev', 'dev-1')).toBe('1');
    await eventually(() => expect(fleet.objects('dev-1', 'Job')).toEqual([]));
  });
});
