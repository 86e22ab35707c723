import {
  ANNOTATIONS,
  GENERATED_SECRET_NAME,
  type KubeObject,
  ok,
} from '@callboard/plugin-callboard-common';
import createKnex, { type Knex } from 'knex';
import { migrateStore, saveCluster, saveResourceSecret } from '../../../store';
import type { ManagedCluster } from '../../fleet/Fleet';
import type { FleetReader, LeasedRecorder } from '../../roles';
import { fillGeneratedSecret } from './fillGeneratedSecret';

const NOW = new Date('2026-11-20T12:00:00Z');
const KEY = {
  kind: 'app',
  app: 'shop',
  environment: 'live',
  cluster: 'us-1',
} as const;

const secretOf = (version: number): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: {
    name: GENERATED_SECRET_NAME,
    namespace: 'shop--live',
    annotations: {
      [ANNOTATIONS.secretKeys]: 'db.password=8',
      [ANNOTATIONS.secretVersion]: `db=${version}`,
    },
  },
});

/** Rotated on this cluster: version 2 is to be drawn. */
describe('secrets that were rotated while a delivery was under way', () => {
  let knex: Knex;
  afterEach(() => knex?.destroy());

  async function fill(rendered: number, live?: KubeObject) {
    knex = createKnex({
      client: 'better-sqlite3',
      connection: ':memory:',
      useNullAsDefault: true,
    });
    await migrateStore(knex);
    await knex.transaction(async tx => {
      const { cluster: name, app, environment } = KEY;
      await saveCluster(
        tx,
        {
          name,
          source: 'test',
          connectionKind: 'playground',
          livenessDeadlineMs: 60_000,
          file: {
            apiVersion: 'callboard.dev/v1alpha1',
            kind: 'Cluster',
            metadata: { name },
            spec: {},
          },
        },
        NOW,
      );
      await saveResourceSecret(
        tx,
        {
          app,
          environment,
          resource: 'db',
          version: 2,
          home: name,
          state: 'drawing',
        },
        NOW,
      );
    });
    return fillGeneratedSecret([secretOf(rendered)], {
      key: KEY,
      cluster: {
        connection: { read: async () => ok(live) },
      } as unknown as ManagedCluster,
      context: { deps: { knex } } as unknown as LeasedRecorder & FleetReader,
      signal: new AbortController().signal,
    });
  }

  it('are drawn for the version that is applied', async () => {
    expect(await fill(2)).toMatchObject({
      value: {
        objects: [{ data: { 'db.password': expect.any(String) } }],
        drawn: [{ resource: 'db', version: 2 }],
      },
    });
  });

  it('are not drawn for an earlier one', async () => {
    expect(await fill(1)).toMatchObject({
      problem: { code: 'secrets-not-copied', transient: true },
    });
  });

  it('do not count as drawn where the earlier ones are there', async () => {
    const live = { ...secretOf(1), data: { 'db.password': 'b2xk' } };
    expect(await fill(1, live)).toMatchObject({
      value: { objects: [{ data: { 'db.password': 'b2xk' } }], drawn: [] },
    });
  });
});
