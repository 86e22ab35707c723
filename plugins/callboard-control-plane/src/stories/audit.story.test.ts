import { describeAudit } from '@callboard/plugin-callboard-core';
import { eventually } from '@callboard/testing';
import { TestFleet } from '../__testUtils__/TestFleet';

jest.setTimeout(60_000);

describe('audit', () => {
  let fleet: TestFleet;
  afterEach(() => fleet?.close());

  const audit = async (at?: Date) => {
    const { rows } = await fleet.controlPlane.readAudit({ at });
    return {
      rows,
      sentence: describeAudit(rows, () => 'then'),
      verdicts: rows.map(
        ({ app, environment, verdict, decided, actual }) =>
          `${app}/${environment} ${verdict.kind}: ${decided} | ${actual}`,
      ),
    };
  };

  it('says where every app runs and should, now and as it was', async () => {
    fleet = await TestFleet.create({ clusters: ['dev-1'] });
    await fleet.settles();
    const empty = new Date();
    await fleet.push('shop');
    await fleet.turns('shop', 'dev', 'Healthy');
    const good = new Date();
    expect(await audit()).toMatchObject({
      sentence: '1 of 1 app runs where it should.',
      verdicts: ['shop/dev compliant: dev-1 | dev-1'],
      rows: [
        {
          owner: 'user:default/ana',
          release: 1,
          health: { status: 'Healthy' },
          explanation: 'Runs where it should',
          observed: [{ cluster: 'dev-1', at: expect.any(String) }],
        },
      ],
    });

    fleet.cluster('dev-1').setPower(false);
    await eventually(async () =>
      expect((await audit()).verdicts).toEqual([
        'shop/dev unknown: dev-1 | dev-1',
      ]),
    );
    expect((await audit()).sentence).toBe(
      '0 of 1 app runs where it should; 1 unknown since then.',
    );
    const lost = new Date();
    fleet.cluster('dev-1').setPower(true);
    await eventually(async () =>
      expect((await audit()).verdicts).toEqual([
        'shop/dev compliant: dev-1 | dev-1',
      ]),
    );

    expect((await audit(empty)).sentence).toBe('No app has a release.');
    expect((await audit(good)).verdicts).toEqual([
      'shop/dev compliant: dev-1 | dev-1',
    ]);
    expect((await audit(lost)).verdicts).toEqual([
      'shop/dev unknown: dev-1 | dev-1',
    ]);
  });

  it('does not take an app that crashes for one that runs', async () => {
    fleet = await TestFleet.create({ clusters: ['dev-1'] });
    await fleet.settles();
    await fleet.push('shop', { does: 'crash', code: 1, says: ['oh'] });
    await fleet.turns('shop', 'dev', 'Degraded');
    expect((await audit()).rows[0]).toMatchObject({
      health: { status: 'Degraded' },
      explanation: 'Missing on dev-1',
      decided: ['dev-1'],
      actual: [],
    });
  });

  it('says which release answers in place of one that crashes', async () => {
    fleet = await TestFleet.create({ clusters: ['dev-1'] });
    await fleet.settles();
    await fleet.push('shop');
    await fleet.turns('shop', 'dev', 'Healthy');
    expect((await audit()).rows[0]).not.toHaveProperty('serving');
    await fleet.push('shop', { does: 'crash', code: 1, says: ['oh'] });
    await fleet.turns('shop', 'dev', 'Degraded');
    expect((await audit()).rows[0]).toMatchObject({
      release: 2,
      health: { status: 'Degraded' },
      serving: 'release 1 still answers',
      actual: ['dev-1'],
    });
  });
});
