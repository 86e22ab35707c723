import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { eventually } from '@callboard/testing';
import { TestFleet } from '../__testUtils__/TestFleet';

jest.setTimeout(60_000);

const HELLO = resolvePackagePath(
  '@callboard/plugin-callboard-control-plane',
  '../callboard-backend-module-playground/seeds/hello',
);

describe("the playground's example app", () => {
  let fleet: TestFleet;
  afterEach(() => fleet?.close());

  it('moves to the other store when the one where it runs is drained', async () => {
    fleet = await TestFleet.create({
      clusters: ['dev-1', 'eu-1', 'edge-101', 'edge-102'],
    });
    await fleet.settles();
    await fleet.push('hello', undefined, {
      'app.yaml': readFileSync(join(HELLO, 'app.yaml'), 'utf8'),
    });
    for (const environment of ['prod', 'edge']) {
      await fleet.promote('hello', environment, 1);
      await fleet.turns('hello', environment, 'Healthy');
    }
    const placesOf = async () =>
      Object.keys(await fleet.healthOf('hello', 'edge'));
    const [from] = await placesOf();
    const to = from === 'edge-101' ? 'edge-102' : 'edge-101';

    expect(
      await fleet.controlPlane.askWhatIf({
        changes: [{ kind: 'drain', cluster: from }],
      }),
    ).toMatchObject({
      value: {
        sentence: `Draining ${from} moves 1 app`,
        moves: [{ app: 'hello', environment: 'edge', from: [from], to: [to] }],
        shortages: [],
      },
    });
    const drain = (cluster: string) =>
      fleet.controlPlane.scheduleCluster({
        cluster,
        to: 'drain',
        actor: 'user:default/ana',
      });
    await drain(from);
    await eventually(async () => expect(await placesOf()).toEqual([to]));

    // Anyone who sees the app sees that it would have to leave, and cannot.
    await drain('eu-1');
    await eventually(async () =>
      expect(await fleet.environment('hello', 'prod')).toMatchObject({
        clusters: [{ cluster: 'eu-1', drain: 'stuck' }],
      }),
    );
  });
});
