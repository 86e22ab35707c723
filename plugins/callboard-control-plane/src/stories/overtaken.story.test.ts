import type { ClusterConnection } from '@callboard/plugin-callboard-node';
import { eventually } from '@callboard/testing';
import { TestFleet } from '../__testUtils__/TestFleet';
import { findDeployment } from '../store';

jest.setTimeout(60_000);

const KEY = {
  kind: 'app',
  app: 'shop',
  environment: 'dev',
  cluster: 'dev-1',
} as const;

describe('a release that is taken back while it is delivered', () => {
  let fleet: TestFleet;
  afterEach(() => fleet?.close());

  it('leaves nothing of it, and what came back is told as nobody else’s change', async () => {
    /** Done once, when a Deployment has just been applied and nothing is recorded yet. */
    let meanwhile: (() => Promise<void>) | undefined;
    const wrap = (connection: ClusterConnection): ClusterConnection =>
      new Proxy(connection, {
        get(target, name) {
          const value = Reflect.get(target, name);
          if (typeof value !== 'function') return value;
          if (name !== 'apply') return value.bind(target);
          const apply: ClusterConnection['apply'] = async (object, options) => {
            const applied = await target.apply(object, options);
            if (object.kind === 'Deployment') {
              const act = meanwhile;
              meanwhile = undefined;
              await act?.();
            }
            return applied;
          };
          return apply;
        },
      });
    fleet = await TestFleet.create({ clusters: ['dev-1'], wrap });
    const imageOf = () =>
      JSON.stringify(
        fleet.object('dev-1', 'Deployment', 'shop--dev/web'),
      ).match(/bundle\.callboard\.dev\/shop@sha256:\w+/)?.[0];
    await fleet.push('shop');
    await fleet.turns('shop', 'dev', 'Healthy');
    const first = imageOf();
    expect(first).toBeDefined();

    const isBack = new Promise<void>(resolve => {
      meanwhile = async () => {
        expect(imageOf()).not.toBe(first);
        await fleet.promote('shop', 'dev', 1);
        await eventually('release 1 is wanted again', async () => {
          const found = await findDeployment(fleet.knex, KEY);
          expect(found?.state.desiredRelease).toBe(1);
        });
        resolve();
      };
    });
    await fleet.send('shop', { does: 'listen-elsewhere', says: ['lost'] });
    await isBack;
    await eventually('release 1 runs again', async () => {
      expect(imageOf()).toBe(first);
      expect(await fleet.healthOf('shop', 'dev')).toEqual({
        'dev-1': 'Healthy',
      });
    });
    const reported = await fleet.controlPlane.listJournal({ app: 'shop' });
    expect(
      reported.filter(({ action }) => /drifted|restored/.test(action)),
    ).toEqual([]);
  });
});
