import { TestFleet } from '../__testUtils__/TestFleet';

jest.setTimeout(60_000);

const GUARDED = `
apiVersion: callboard.dev/v1alpha1
kind: App
metadata: { name: guarded }
spec:
  environments:
    - name: prod
      promotion: { from: dev, approval: group:default/leads }
`;

describe('a promotion', () => {
  let fleet: TestFleet;
  beforeAll(async () => {
    fleet = await TestFleet.create({ clusters: ['dev-1', 'eu-1'] });
    await fleet.settles();
    await fleet.push('shop');
    await fleet.push('shop', { does: 'serve' }, { 'README.md': 'two' });
    await fleet.promote('shop', 'prod', 2);
    await fleet.push('guarded', { does: 'serve' }, { 'app.yaml': GUARDED });
  });
  afterAll(() => fleet?.close());

  const ask = async (
    app: string,
    environment: string,
    release: number,
    ownershipRefs?: string[],
  ) => {
    const actor = 'user:default/ana';
    const answer = await fleet.controlPlane.promote({
      app,
      environment,
      release,
      actor,
      ownershipRefs,
    });
    return answer.ok ? 'done' : answer.problem.code;
  };

  it.each([
    { app: 'nobody', environment: 'prod', release: 1, code: 'app-not-found' },
    { app: 'shop', environment: 'prod', release: 9, code: 'release-not-found' },
    {
      app: 'shop',
      environment: 'moon',
      release: 1,
      code: 'environment-not-found',
    },
    {
      app: 'shop',
      environment: 'prod',
      release: 2,
      code: 'release-already-there',
    },
    {
      app: 'guarded',
      environment: 'prod',
      release: 1,
      code: 'approval-missing',
    },
  ])(
    'of release $release of $app to $environment is refused: $code',
    async ({ app, environment, release, code }) => {
      expect(await ask(app, environment, release)).toBe(code);
    },
  );

  it('is done by who acts for those that must approve', async () => {
    expect(await ask('guarded', 'prod', 1, ['group:default/leads'])).toBe(
      'done',
    );
  });

  it('brings a release back that was there before, and the journal says so', async () => {
    expect(await ask('shop', 'dev', 1)).toBe('done');
    const [entry] = (
      await fleet.controlPlane.listJournal({ app: 'shop' })
    ).filter(({ action }) => action.startsWith('release.'));
    expect(entry).toMatchObject({
      action: 'release.rolled-back',
      environment: 'dev',
      release: 1,
    });
    await fleet.turns('shop', 'dev', 'Healthy');
    const { clusters } = await fleet.environment('shop', 'dev');
    expect(clusters.map(({ release }) => release)).toEqual([1]);
  });

  it('of what was never tried in the environment before is refused', async () => {
    await fleet.knex('environment_releases').where({ app: 'shop' }).delete();
    expect(await ask('shop', 'prod', 1)).toBe('release-not-tried');
  });
});
