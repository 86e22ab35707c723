import { eventually } from '@callboard/testing';
import { TestFleet } from '../__testUtils__/TestFleet';
import { findHeartbeats } from '../store';

jest.setTimeout(60_000);

it('keeps the last contact of all clusters at once when it ends', async () => {
  const fleet = await TestFleet.create();
  try {
    const { controlPlane, knex } = fleet;
    await eventually('all clusters are live', async () => {
      const clusters = await controlPlane.listClusters();
      expect(clusters.length).toBeGreaterThan(5);
      expect(clusters.every(({ freshness }) => freshness === 'live')).toBe(
        true,
      );
    });
    await fleet.settles();
    const reported = new Date();
    const writes: string[] = [];
    knex.on('query', ({ sql }: { sql: string }) => {
      if (/^insert into .*heartbeat/.test(sql)) writes.push(sql);
    });
    await eventually('every cluster was in contact since', async () => {
      const clusters = await controlPlane.listClusters();
      for (const { observedAt } of clusters)
        expect(Date.parse(observedAt!)).toBeGreaterThan(reported.getTime());
    });
    writes.length = 0;
    await controlPlane.stop();
    expect(writes).toHaveLength(1);
    const kept = [...(await findHeartbeats(knex)).values()];
    expect(kept.length).toBeGreaterThan(5);
    expect(kept.every(at => at > reported)).toBe(true);
  } finally {
    await fleet.close();
  }
});
