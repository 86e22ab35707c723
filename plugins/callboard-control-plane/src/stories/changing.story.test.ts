import { TestFleet } from '../__testUtils__/TestFleet';

jest.setTimeout(60_000);

const ANA = 'user:default/ana';
const BO = 'user:default/bo';

describe('an app that people rename, describe and give away', () => {
  let fleet: TestFleet;
  beforeEach(async () => {
    fleet = await TestFleet.create({ clusters: ['dev-1'] });
    await fleet.push('shop');
  });
  afterEach(() => fleet?.close());

  const change = async (
    asked: { title?: string; description?: string; owner?: string },
    { owner = ANA, dryRun = false } = {},
  ) => {
    const changed = await fleet.controlPlane.changeApp({
      app: 'shop',
      owner,
      actor: owner,
      asked,
      ownershipRefs: [owner],
      why: 'The team moved',
      dryRun,
    });
    return changed.ok ? changed.value.message : changed.problem.code;
  };
  const card = async (at?: Date) => {
    const { title, owner, description } = await fleet.app('shop', at);
    return [title, owner, description];
  };
  const entries = async () =>
    (await fleet.controlPlane.listJournal({ app: 'shop' }))
      .filter(({ action }) => /^app\.(?!created)/.test(action))
      .map(({ action, actor, why }) => `${action} by ${actor}: ${why}`)
      .reverse();

  it('is so at once, after the next push, and was otherwise before', async () => {
    const before = new Date();
    const asked = { title: 'Corner shop', description: 'Sells things' };
    expect(await change(asked, { dryRun: true })).toMatch(/is called/);
    expect(await card()).toEqual(['shop', ANA, undefined]);
    await change(asked);
    expect(await card()).toEqual(['Corner shop', ANA, 'Sells things']);
    await fleet.push('shop', { does: 'serve' }, { 'README.md': 'More' });
    expect(await card()).toEqual(['Corner shop', ANA, 'Sells things']);
    expect(await card(before)).toEqual(['shop', ANA, undefined]);
    await change(asked);
    expect(await entries()).toEqual([
      `app.renamed by ${ANA}: The team moved`,
      `app.described by ${ANA}: The team moved`,
    ]);
  });

  it('belongs to somebody else from one instant on, for a push under way too', async () => {
    const files = { 'README.md': 'Another' };
    const judged = await fleet.judged('shop', files);
    // Somebody of both teams pushes meanwhile.
    const ofBoth = { ...judged, ownershipRefs: [ANA, BO] };
    await change({ owner: BO });
    const refused = await fleet.controlPlane.recordPush(judged, {
      isHead: true,
    });
    expect(refused).toMatchObject({
      ok: false,
      problem: { code: 'app-owned-by-others' },
    });
    expect(
      (await fleet.controlPlane.recordPush(ofBoth, { isHead: true })).ok,
    ).toBe(true);
    expect(await card()).toEqual(['shop', BO, undefined]);
    await expect(fleet.send('shop')).rejects.toThrow(/owned by|belongs to/);
    expect(await change({ title: 'Mine again' })).toBe('app-changed-meanwhile');
    expect(await change({ title: 'Till' }, { owner: BO })).toMatch(/Till/);
    expect(await entries()).toEqual([
      `app.owner-changed by ${ANA}: The team moved`,
      `app.renamed by ${BO}: The team moved`,
    ]);
  });

  it('is what its app.yaml says, where that says it', async () => {
    await fleet.push('shop', undefined, {
      'app.yaml': JSON.stringify({
        apiVersion: 'callboard.dev/v1alpha1',
        kind: 'App',
        metadata: { name: 'shop', title: 'Shop', description: 'Sells' },
        spec: { owner: ANA },
      }),
    });
    expect(await change({ title: 'Till' })).toBe('app-yaml-says-it');
    expect(await change({ description: 'Buys' })).toBe('app-yaml-says-it');
    expect(await change({ owner: BO })).toBe('app-yaml-says-it');
    expect(await card()).toEqual(['Shop', ANA, 'Sells']);
  });
});
