import { eventually } from '@callboard/testing';
import { TestFleet } from '../__testUtils__/TestFleet';

jest.setTimeout(60_000);

describe('a cluster that Callboard may only read', () => {
  let fleet: TestFleet;
  afterEach(() => fleet?.close());

  it('is shown, gets no app and no blueprint, and says why', async () => {
    fleet = await TestFleet.create({
      clusters: ['dev-1', 'eu-1', 'us-1'],
      observed: ['us-1'],
    });
    await fleet.settles();
    expect(await fleet.controlPlane.getCluster('us-1')).toMatchObject({
      ok: true,
      value: { freshness: 'live', blueprint: null },
    });
    await fleet.push('shop');
    await fleet.promote('shop', 'prod', 1);
    await eventually(async () => {
      const answer = await fleet.controlPlane.getPlacement('shop', 'prod');
      if (!answer.ok) throw new Error(answer.problem.what);
      expect(
        answer.value.verdicts.filter(({ cluster }) => cluster !== 'dev-1'),
      ).toMatchObject([
        { cluster: 'eu-1', verdict: 'chosen' },
        {
          cluster: 'us-1',
          verdict: 'refused',
          reasons: [
            {
              rule: 'tolerates-taints',
              message: 'Callboard may only read this cluster',
            },
          ],
          remedy: null,
        },
      ]);
    });
  });
});
