import { TestDatabases } from '@backstage/backend-test-utils';
import type { AddressProbe } from '@callboard/plugin-callboard-core';
import type { Knex } from 'knex';
import {
  deleteProbes,
  findProbes,
  migrateStore,
  saveProbes,
  sweepProbes,
} from '..';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const T0 = new Date('2026-11-20T12:00:00Z');
const T1 = new Date('2026-11-20T12:01:00Z');

const ANSWERS: AddressProbe = {
  state: 'answers',
  since: T0,
  checkedAt: T1,
  ms: 40,
  status: 200,
  certificateEndsAt: T1,
  failures: 1,
  doubt: { state: 'silent', since: T1 },
  noted: { answers: true, at: T0 },
};
const UNRESOLVED: AddressProbe = {
  state: 'unresolved',
  since: T0,
  checkedAt: T0,
  failures: 1,
  noted: { answers: false, at: T0 },
};
const of = (app: string, probe: AddressProbe, targets: string[] = []) => ({
  url: `https://${app}.example.com`,
  app,
  environment: 'prod',
  probe,
  targets,
});

describe.each(databases.eachSupportedId())('probes on %s', id => {
  let knex: Knex;
  beforeAll(async () => {
    knex = await databases.init(id);
    await migrateStore(knex);
  });

  it('are kept as they were judged, one of each address', async () => {
    const many = Array.from({ length: 120 }, (_, at) =>
      of(`app-${at}`, ANSWERS),
    );
    await saveProbes(knex, [of('shop', UNRESOLVED, ['192.0.2.1']), ...many]);
    expect(await findProbes(knex, { app: 'shop' })).toEqual([
      of('shop', UNRESOLVED, ['192.0.2.1']),
    ]);
    await saveProbes(knex, [of('shop', ANSWERS)]);
    expect(
      await findProbes(knex, { urls: ['https://shop.example.com'] }),
    ).toEqual([of('shop', ANSWERS)]);
    expect(await findProbes(knex)).toHaveLength(121);
  });

  it('are forgotten with their app, and where nobody looks any more', async () => {
    await saveProbes(knex, [of('old', UNRESOLVED)]);
    await deleteProbes(knex, 'app-7');
    await sweepProbes(knex, T1);
    const left = (await findProbes(knex)).map(({ app }) => app);
    expect(left).not.toContain('app-7');
    expect(left).not.toContain('old');
    expect(left).toContain('app-8');
  });
});
