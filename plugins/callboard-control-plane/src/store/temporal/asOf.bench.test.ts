import createKnex from 'knex';
import { migrateStore } from '../migrateStore';
import { findDeployments } from '../deployments';

jest.setTimeout(300_000);

/** Opt-in, because it writes 300,000 rows first: `CALLBOARD_BENCH=1`. */
(process.env.CALLBOARD_BENCH ? it : it.skip)(
  'a page of the past costs what a page of now costs',
  async () => {
    const knex = createKnex({
      client: 'better-sqlite3',
      connection: ':memory:',
      useNullAsDefault: true,
    });
    await migrateStore(knex);
    const clusters = 1_000;
    const versions = 300;
    const stepMs = 26_000_000;
    await knex.transaction(async tx => {
      for (let c = 0; c < clusters; c += 1) {
        const cluster = `c-${c}`;
        const subject = `app/shop/prod/${cluster}`;
        await tx('subjects').insert({
          fact: 'deployments',
          subject,
          app: 'shop',
          cluster,
        });
        const rows = Array.from({ length: versions }, (_, v) => ({
          subject,
          kind: 'app',
          name: 'shop',
          environment: 'prod',
          cluster,
          desired_release: v,
          observed_release: v,
          desired_fingerprint: null,
          applied_fingerprint: null,
          sync: 'Synced',
          health: 'Healthy',
          health_reason: 'r',
          health_message: 'm',
          instances_ready: 1,
          instances_wanted: 1,
          urls: '[]',
          parts: '[]',
          drift: '[]',
          findings: '[]',
          inventory: '{}',
          problem: null,
          valid_from: v * stepMs,
          valid_to: v === versions - 1 ? null : (v + 1) * stepMs,
        }));
        for (let i = 0; i < rows.length; i += 30)
          await tx('deployments').insert(rows.slice(i, i + 30));
      }
    });
    const measure = async (filter: {
      app?: string;
      cluster?: string;
      at?: Date;
    }) => {
      const times: number[] = [];
      for (let i = 0; i < 7; i += 1) {
        const start = performance.now();
        await findDeployments(knex, filter);
        times.push(performance.now() - start);
      }
      return times.sort((a, b) => a - b)[3].toFixed(1);
    };
    const past = new Date(150 * stepMs);
    // eslint-disable-next-line no-console
    console.log({
      'one app now': await measure({ app: 'shop' }),
      'one app then': await measure({ app: 'shop', at: past }),
      'one cluster now': await measure({ cluster: 'c-500' }),
      'one cluster then': await measure({ cluster: 'c-500', at: past }),
    });
    await knex.destroy();
  },
);
