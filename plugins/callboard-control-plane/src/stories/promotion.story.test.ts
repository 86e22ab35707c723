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
  let guarded: string[];
  beforeAll(async () => {
    fleet = await TestFleet.create({ clusters: ['dev-1', 'eu-1'] });
    await fleet.settles();
    await fleet.push('shop');
    await fleet.push('shop', { does: 'serve' }, { 'README.md': 'two' });
    await fleet.promote('shop', 'prod', 2);
    guarded = (
      await fleet.push('guarded', { does: 'serve' }, { 'app.yaml': GUARDED })
    ).lines;
  });
  afterAll(() => fleet?.close());

  type Asked = Parameters<TestFleet['controlPlane']['promote']>[0];
  const ask = async (
    app: string,
    environment: string,
    release: number,
    over: Partial<Asked> = {},
  ) => {
    const actor = 'user:default/ana';
    const answer = await fleet.controlPlane.promote({
      app,
      environment,
      release,
      actor,
      ...over,
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

  it('says from whom an approval is awaited, on the page and to who asks', async () => {
    expect(guarded).toContain('Production waits for approval by leads');
    const app = await fleet.app('guarded');
    expect(app.sentence).toBe(
      'Release 1 is healthy in Development; release 1 waits for approval by leads to go to Production.',
    );
    expect(app.environments.at(-1)?.promotion).toMatchObject({
      candidate: 1,
      approval: 'group:default/leads',
    });
    const asked = { app: 'guarded', environment: 'prod', release: 1 };
    const refused = await fleet.controlPlane.promote({
      ...asked,
      actor: 'user:default/ana',
    });
    expect(!refused.ok && refused.problem).toMatchObject({
      what: 'Cannot promote release 1 of "guarded" to Production',
      why: 'it waits for approval by leads, and you are not a member',
    });
  });

  it('is done by who acts for those that must approve, no matter who owns the app', async () => {
    const leads = { ownershipRefs: ['group:default/leads'], mayPromote: false };
    expect(await ask('shop', 'prod', 1, leads)).toBe('not-allowed');
    const why = 'The leads agreed';
    expect(await ask('guarded', 'prod', 1, { ...leads, why })).toBe('done');
    const journal = await fleet.controlPlane.listJournal({ app: 'guarded' });
    expect(journal.find(each => each.action === 'release.promoted')?.why).toBe(
      why,
    );
  });

  it('back to what was approved needs no second approval, and back to what was not needs one', async () => {
    const leads = { ownershipRefs: ['group:default/leads'], mayPromote: false };
    for (const text of ['two', 'three'])
      await fleet.push(
        'guarded',
        { does: 'serve' },
        { 'app.yaml': GUARDED, 'README.md': text },
      );
    expect(await ask('guarded', 'prod', 2)).toBe('approval-missing');
    expect(await ask('guarded', 'prod', 2, leads)).toBe('done');
    expect(await ask('guarded', 'prod', 1)).toBe('done');
    const releases = await fleet.controlPlane.listReleases('guarded');
    if (!releases.ok) throw new Error(releases.problem.why);
    expect(
      releases.value
        .at(-1)
        ?.outcomes.find(({ environment }) => environment === 'prod'),
    ).toMatchObject({
      approval: { group: 'group:default/leads', by: 'user:default/ana' },
    });
    // What was rolled back does not come again by itself.
    expect(await ask('guarded', 'prod', 2)).toBe('approval-missing');

    // Before approvals were kept, or before one was needed: nobody knows of any.
    await fleet
      .knex('environment_releases')
      .where({ app: 'guarded', release: 1 })
      .update({ approved_for: null, approved_by: null });
    expect(await ask('guarded', 'prod', 3, leads)).toBe('done');
    expect(await ask('guarded', 'prod', 1)).toBe('approval-missing');

    // The rollout's own way back asks the same.
    const goBack = async (over: Partial<Asked> = {}) => {
      const answer = await fleet.controlPlane.steerRollout({
        app: 'guarded',
        environment: 'prod',
        action: 'rollback',
        actor: 'user:default/ana',
        ...over,
      });
      return answer.ok ? 'done' : answer.problem.why;
    };
    await fleet.turns('guarded', 'prod', 'Healthy');
    const { actions } = await fleet.rollout('guarded', 'prod');
    expect(actions).toMatchObject([
      { action: 'rollback', approval: 'group:default/leads' },
    ]);
    expect(await goBack()).toBe(
      'release 1 was never approved for Production: it waits for approval by leads, and you are not a member',
    );
    expect(await goBack(leads)).toBe('done');
    const [stay] = await fleet
      .knex('environment_releases')
      .where({ subject: 'guarded/prod' })
      .whereNull('valid_to');
    expect(stay).toMatchObject({
      release: 1,
      change: 'rollback',
      approved_for: 'group:default/leads',
    });
  });

  it('is refused where something else runs than the actor saw, and once is enough', async () => {
    await fleet.push('twice');
    const first = { replaces: null };
    const both = await Promise.all(
      [1, 2].map(() => ask('twice', 'prod', 1, first)),
    );
    expect(both.sort()).toEqual(['done', 'release-already-there']);
    await fleet.push('twice', { does: 'serve' }, { 'README.md': 'two' });
    await fleet.push('twice', { does: 'serve' }, { 'README.md': 'three' });
    expect(await ask('twice', 'prod', 2, { replaces: 1 })).toBe('done');
    expect(await ask('twice', 'prod', 3, { replaces: 1 })).toBe(
      'environment-moved-on',
    );
    expect((await fleet.environment('twice', 'prod')).release?.number).toBe(2);
    expect(await ask('twice', 'prod', 3, { replaces: 2 })).toBe('done');
    await fleet.turns('twice', 'prod', 'Healthy');

    // What was rolled back is known as that, and is not simply the next to promote.
    expect(await ask('twice', 'prod', 2, { replaces: 3 })).toBe('done');
    expect((await fleet.environment('twice', 'prod')).promotion).toMatchObject({
      candidate: 3,
      rolledBack: { to: 2, by: 'user:default/ana' },
    });
    const releases = await fleet.controlPlane.listReleases('twice');
    if (!releases.ok) throw new Error(releases.problem.why);
    expect(releases.value[0].outcomes.map(({ sentence }) => sentence)).toEqual([
      'In Development: ran healthy on dev-1',
      'In Production: ran healthy on eu-1, rolled back to release 2',
    ]);
  });

  it('of an older release that never was there is no rollback, and back from it is one', async () => {
    await fleet.push('older');
    await fleet.push('older', { does: 'serve' }, { 'README.md': 'two' });
    expect(await ask('older', 'prod', 2)).toBe('done');
    await fleet.turns('older', 'prod', 'Healthy');
    expect(await ask('older', 'dev', 1)).toBe('done');
    await fleet.turns('older', 'dev', 'Healthy');
    const app = await fleet.app('older');
    expect(app.environments.at(-1)?.promotion).toMatchObject({
      candidate: 1,
      change: 'older',
    });
    expect(app.sentence).toContain(
      '; the older release 1 is ready for Production.',
    );
    expect(await ask('older', 'prod', 1)).toBe('done');
    await fleet.turns('older', 'prod', 'Healthy');
    expect(await ask('older', 'prod', 2)).toBe('done');
    const said = (
      await fleet.controlPlane.listJournal({ app: 'older' })
    ).flatMap(({ action, environment, message }) =>
      environment === 'prod' && action.startsWith('release.')
        ? [`${action}: ${message}`]
        : [],
    );
    expect(said).toEqual([
      'release.rolled-back: Production of older rolls back to release 2',
      'release.promoted: Release 1 of older was promoted to Production in place of the newer release 2',
      'release.promoted: Release 2 of older was promoted to Production',
    ]);
    const releases = await fleet.controlPlane.listReleases('older');
    if (!releases.ok) throw new Error(releases.problem.why);
    expect(
      releases.value.flatMap(({ outcomes }) =>
        outcomes.map(({ sentence }) => sentence),
      ),
    ).toEqual([
      'In Development: ran healthy on dev-1, rolled back to release 1',
      'In Production: ran healthy on eu-1',
      'In Development: ran healthy on dev-1',
      'In Production: ran healthy on eu-1, rolled back to release 2',
    ]);
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
