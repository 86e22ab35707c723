import { eventually } from '@callboard/testing';
import { TestFleet } from '../__testUtils__/TestFleet';

jest.setTimeout(60_000);

/** Kinds of the baseline, and what pods ask for beside it. */
const BASELINE = ['ServiceAccount', 'NetworkPolicy', 'PodDisruptionBudget'];

describe('the renderer', () => {
  let fleet: TestFleet;
  afterEach(() => fleet?.close());

  const there = () =>
    BASELINE.filter(kind =>
      fleet.objects('dev-1', kind).includes('shop--dev/web'),
    );
  const deployment = () => fleet.object('dev-1', 'Deployment', 'shop--dev/web');

  it('keeps a release of an older Callboard as it was, until the next one', async () => {
    fleet = await TestFleet.create({ clusters: ['dev-1'] });
    fleet.refines('dev', { replicas: 2 });
    await fleet.push('shop');
    await fleet.turns('shop', 'dev', 'Healthy');
    expect(there()).toEqual(BASELINE);

    // As the database of an older Callboard says it.
    await fleet.knex('releases').update({ renderer: 1 });
    await fleet.restartControlPlane();
    await eventually(() => expect(there()).toEqual([]));
    await fleet.turns('shop', 'dev', 'Healthy');
    const before = deployment();
    expect(before.spec).toMatchObject({
      template: {
        spec: {
          serviceAccountName: 'default', // that of the release before is gone
          securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
        },
      },
    });
    await fleet.restartControlPlane();
    await fleet.settles();
    expect(deployment().metadata.generation).toBe(before.metadata.generation);

    const next = { 'README.md': 'next' };
    expect(
      (await fleet.judged('shop', next)).accepted.warnings.join(),
    ).toContain('rendered in the newer way');
    await fleet.push('shop', { does: 'serve' }, next);
    expect((await fleet.judged('shop', {})).accepted.warnings).toEqual([]);
    await fleet.turns('shop', 'dev', 'Healthy');
    expect(there()).toEqual(BASELINE);
    expect(deployment().spec).toMatchObject({
      template: {
        spec: {
          serviceAccountName: 'web',
          securityContext: { runAsNonRoot: true },
        },
      },
    });

    await fleet.promote('shop', 'dev', 1);
    await eventually(() => expect(there()).toEqual([]));
    await fleet.turns('shop', 'dev', 'Healthy');
    expect(deployment().spec).toMatchObject({
      template: { spec: { serviceAccountName: 'default' } },
    });
  });
});
