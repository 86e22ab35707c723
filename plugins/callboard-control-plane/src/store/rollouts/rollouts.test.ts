import { TestDatabases } from '@backstage/backend-test-utils';
import {
  advanceRollout,
  readStrategy,
  startRollout,
  viewRollout,
} from '@callboard/plugin-callboard-core';
import type { Knex } from 'knex';
import {
  type RolloutRecord,
  closeRollout,
  findRollout,
  findRollouts,
  findRolloutsUnderWay,
  isRollingOut,
  lockRollout,
  migrateStore,
  saveRollout,
  setEnvironmentRelease,
} from '..';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const T0 = new Date('2026-11-20T10:00:00Z');
const at = (seconds: number) => new Date(T0.getTime() + seconds * 1000);
const SHOP = { app: 'shop', environment: 'prod' };

function started(): RolloutRecord {
  const strategy = readStrategy({
    type: 'Progressive',
    progressive: { maxConcurrency: 1, minSuccessTime: '30s' },
  });
  if (!strategy.ok) throw new Error(strategy.problem.why);
  const groups = [{ name: '', clusters: ['eu-1', 'us-1'] }];
  const { rollout } = startRollout(
    { revision: '2', strategy: strategy.value, groups },
    at(10),
  );
  return {
    ...SHOP,
    release: 2,
    before: 1,
    startedBy: 'user:default/ana',
    startedAt: at(10),
    held: ['ap-1'],
    contacts: { 'eu-1': T0.getTime() },
    rollout,
  };
}

describe.each(databases.eachSupportedId())('rollouts on %s', id => {
  let knex: Knex;
  const inTx = <T>(work: (tx: Knex.Transaction) => Promise<T>) =>
    knex.transaction(work);

  beforeAll(async () => {
    knex = await databases.init(id);
    await migrateStore(knex);
  });

  it('are found whole, now and as they were', async () => {
    const first = started();
    expect(await inTx(tx => saveRollout(tx, first, at(10)))).toBe(true);
    expect(await inTx(tx => saveRollout(tx, first, at(11)))).toBe(false);
    const { rollout } = advanceRollout(
      first.rollout,
      [
        {
          kind: 'observed',
          cluster: 'eu-1',
          revision: '2',
          status: 'Succeeded',
        },
      ],
      at(20),
    );
    await inTx(tx => saveRollout(tx, { ...first, rollout }, at(20)));

    expect(await findRollout(knex, SHOP)).toEqual({ ...first, rollout });
    const cells = async (seconds: number) => {
      const found = await findRollout(knex, SHOP, at(seconds));
      return (
        found &&
        viewRollout(found.rollout, at(seconds)).waves.map(
          wave => wave.cells[0].cell.kind,
        )
      );
    };
    expect(await cells(9)).toBeUndefined();
    expect(await cells(15)).toEqual(['progressing', 'to-apply']);
    expect(await cells(25)).toEqual(['soaking', 'to-apply']);
    expect(await cells(60)).toEqual(['done', 'to-apply']);
    expect(await findRollouts(knex, { app: 'shop' })).toHaveLength(1);
    expect(await findRollouts(knex, { app: 'other' })).toEqual([]);
  });

  it('are under way until they are finished or the environment knows none', async () => {
    expect(await isRollingOut(knex, SHOP)).toBe(true);
    expect((await findRolloutsUnderWay(knex)).map(({ app }) => app)).toEqual([
      'shop',
    ]);
    await inTx(tx =>
      saveRollout(tx, { ...started(), finishedAt: at(70) }, at(70)),
    );
    expect(await isRollingOut(knex, SHOP)).toBe(false);
    expect(await findRolloutsUnderWay(knex)).toEqual([]);
    expect((await findRollout(knex, SHOP))?.finishedAt).toEqual(at(70));
    await inTx(tx => closeRollout(tx, SHOP, at(80)));
    expect(await findRollout(knex, SHOP)).toBeUndefined();
    expect((await findRollout(knex, SHOP, at(75)))?.release).toBe(2);
  });

  it('are stepped by one at a time', async () => {
    await inTx(tx =>
      setEnvironmentRelease(tx, { ...SHOP, release: 2, by: 'ana' }, at(10)),
    );
    await inTx(tx => saveRollout(tx, started(), at(100)));
    const step = (cluster: string) =>
      inTx(async tx => {
        await lockRollout(tx, SHOP);
        const found = await findRollout(tx, SHOP);
        await new Promise(resolve => setTimeout(resolve, 20));
        await saveRollout(
          tx,
          { ...found!, held: [...found!.held, cluster] },
          at(110),
        );
      });
    await Promise.all(['a', 'b', 'c', 'd'].map(step));
    expect((await findRollout(knex, SHOP))?.held.sort()).toEqual([
      'a',
      'ap-1',
      'b',
      'c',
      'd',
    ]);
  });
});
