import { eventually } from '@callboard/testing';
import { TestFleet } from '../__testUtils__/TestFleet';

jest.setTimeout(60_000);

describe('timeline', () => {
  let fleet: TestFleet;
  afterEach(() => fleet?.close());

  const read = async (
    question: Parameters<typeof fleet.controlPlane.readTimeline>[1],
  ) => {
    const answer = await fleet.controlPlane.readTimeline('shop', question);
    if (!answer.ok) throw new Error(answer.problem.why);
    return answer.value;
  };

  it('shows releases and silence by environment and by cluster, now and as it was', async () => {
    fleet = await TestFleet.create({ clusters: ['dev-1'] });
    await fleet.settles();
    await fleet.push('shop');
    await fleet.turns('shop', 'dev', 'Healthy');
    const first = new Date();
    fleet.cluster('dev-1').setPower(false);
    await eventually(async () =>
      expect((await read({})).lanes[0].unknown).toHaveLength(1),
    );
    const now = await read({});
    expect(now.lanes).toMatchObject([
      {
        name: 'dev',
        title: 'Development',
        bars: [{ release: 1, actor: 'user:default/ana', marks: [] }],
        unknown: [{ from: expect.any(String) }],
      },
    ]);
    expect(now.lanes[0].bars[0].cause).not.toBe('');
    expect(now.lanes[0].unknown[0].to).toBeUndefined();
    // History is a few seconds old: all of it is drawn, and nothing before it.
    const since = await fleet.controlPlane.getHistoryStart();
    expect(now).toMatchObject({
      from: since.toISOString(),
      drawnFrom: since.toISOString(),
      beginsWithHistory: true,
    });
    const day = await read({
      from: new Date(Date.now() - 86_400_000).toISOString(),
    });
    expect(day.drawnFrom).toBe(since.toISOString());
    expect(Date.parse(day.from)).toBeLessThan(since.getTime());

    expect(await read({ lanes: 'cluster' })).toMatchObject({
      lanes: [
        {
          name: 'dev/dev-1',
          title: 'Development on dev-1 · Frankfurt Dev',
          cluster: 'dev-1',
          bars: [{ release: 1, actor: 'user:default/ana' }],
          unknown: [{ from: expect.any(String) }],
        },
      ],
    });

    const then = await read({ at: first });
    expect(then.to).toBe(first.toISOString());
    expect(then.lanes[0].unknown).toEqual([]);
    expect(then.lanes[0].bars[0].to).toBeUndefined();

    expect(
      await fleet.controlPlane.readTimeline('nothing-of-that-name'),
    ).toMatchObject({ ok: false, problem: { code: 'app-not-found' } });
  });
});
