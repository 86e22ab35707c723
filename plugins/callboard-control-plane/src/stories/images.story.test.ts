import { readdir } from 'node:fs/promises';
import { type ScoreWorkload, ok } from '@callboard/plugin-callboard-common';
import { nameBuiltImages } from '@callboard/plugin-callboard-core';
import type { Builder } from '@callboard/plugin-callboard-node';
import type { ControlPlaneDeps } from '../ControlPlaneDeps';
import { ScriptedApps } from '../__testUtils__/ScriptedApps';
import { TestFleet } from '../__testUtils__/TestFleet';
import { findReleases } from '../store';
import { eventually } from '@callboard/testing';

jest.setTimeout(60_000);

const REGISTRY = 'registry.example/apps';
const PASSWORD = 'tiger-4711';

/** Names images as the builder `image` does; what is in them does not matter to these stories. */
const images: Builder = {
  name: 'image',
  build: async ({ app, revision, workloads }) => ({
    ok: true,
    value: {
      images: Object.fromEntries(
        workloads.map(({ metadata }: ScoreWorkload) => [
          metadata.name,
          { main: `${REGISTRY}/${app}@sha256:${revision.padEnd(64, '0')}` },
        ]),
      ),
    },
  }),
};

describe('images', () => {
  let fleet: TestFleet;
  afterEach(() => fleet?.close());

  /** The playground's environments, with `image` as the builder of `prod`. */
  async function create(deps: Partial<ControlPlaneDeps>): Promise<TestFleet> {
    fleet = await TestFleet.create({
      clusters: ['dev-1', 'eu-1', 'us-1', 'ap-1'],
      deps,
    });
    const { environments } = fleet.platform;
    fleet.platform = {
      ...fleet.platform,
      environments: environments.map(file =>
        file.metadata.name === 'prod'
          ? { ...file, spec: { ...file.spec, builder: 'image' } }
          : file,
      ),
    };
    await fleet.settles();
    return fleet;
  }

  /** Images and pull secrets of what an app runs on a cluster. */
  function podsOf(cluster: string, app: string) {
    return fleet
      .cluster(cluster)
      .dump()
      .filter(
        ({ kind, metadata }) =>
          kind === 'Pod' && metadata.labels?.['callboard.dev/app'] === app,
      )
      .map(
        ({ spec }) =>
          spec as {
            containers: Array<{ image: string }>;
            imagePullSecrets?: Array<{ name: string }>;
          },
      );
  }

  const secretOf = (cluster: string) =>
    fleet
      .cluster(cluster)
      .dump()
      .find(({ kind }) => kind === 'Secret');

  const authsOf = (cluster: string) => {
    const data = secretOf(cluster)?.data as Record<string, string> | undefined;
    const text = Buffer.from(data!['.dockerconfigjson'], 'base64').toString();
    return JSON.parse(text).auths as unknown;
  };

  it('are what each environment runs: bundles in one, images in the other', async () => {
    const scripted = new ScriptedApps();
    await create({ builders: [scripted, images], defaultBuilder: 'scripted' });
    fleet.rollsOut('prod', undefined); // all at once: this is about what runs
    const { lines } = await fleet.push('shop');
    expect(lines.join('\n')).toContain('Built with scripted+image');
    await fleet.promote('shop', 'prod', 1);
    await fleet.turns('shop', 'prod', 'Healthy');
    expect(podsOf('dev-1', 'shop')[0].containers[0].image).toMatch(
      /^bundle\.callboard\.dev\/shop@/,
    );
    expect(podsOf('eu-1', 'shop')[0].containers[0].image).toMatch(
      /^registry\.example\/apps\/shop@/,
    );
  });

  it('are built folder by folder, those alone that changed', async () => {
    const built: Array<{ path?: string; files: string[] }> = [];
    const services: Builder = {
      name: 'image',
      build: async ({ app, path, folder, revision, workloads, onOutput }) => {
        onOutput(`\u001b[1mpacking\u001b[0m ${path}`);
        built.push({ path, files: (await readdir(folder)).sort() });
        const image = `${REGISTRY}/${app}-${path?.replace(
          '/',
          '-',
        )}@${revision.slice(0, 8)}`;
        return ok({ images: nameBuiltImages(workloads, image) });
      },
    };
    await create({ builders: [services], defaultBuilder: 'image' });
    const workload = (name: string, image: string) =>
      `apiVersion: score.dev/v1b1\nmetadata: {name: ${name}}\ncontainers:\n  main: {image: ${image}, command: [serve]}\n`;
    const files = {
      'score.yaml': workload('web', './web'),
      'api.score.yaml': workload('api', './services/api/'),
      'services/api/server.js': 'one',
      'web/index.html': 'one',
    };
    const imagesOf = (release: number) =>
      eventually(async () => {
        const [{ number, content }] = await findReleases(fleet.knex, 'shop');
        expect(number).toBe(release);
        return {
          web: content.images.web.main,
          api: content.images.api.main,
        };
      });
    await fleet.send('shop', undefined, files);
    const first = await imagesOf(1);
    expect(built).toEqual([
      { path: 'services/api', files: ['server.js'] },
      { path: 'web', files: ['index.html'] },
    ]);
    await fleet.send('shop', undefined, { ...files, 'web/index.html': 'two' });
    const second = await imagesOf(2);
    const [{ commit }] = await findReleases(fleet.knex, 'shop');
    expect(
      await fleet.controlPlane.readBuildLog({ app: 'shop', revision: commit }),
    ).toEqual({
      ok: true,
      value: {
        revision: commit,
        state: 'succeeded',
        leftOut: 0,
        lines: [
          '# services/api, built by image',
          'As in an earlier release: its image is kept',
          '# web, built by image',
          'packing web',
        ],
      },
    });
    expect(built.slice(2).map(({ path }) => path)).toEqual(['web']);
    expect(second.api).toBe(first.api);
    expect(second.web).not.toBe(first.web);

    await expect(
      fleet.judged('shop', {
        ...files,
        'score.yaml': workload('web', './wbe'),
      }),
    ).rejects.toMatchObject({
      problem: {
        code: 'build-folder-missing',
        at: { file: 'score.yaml', line: 4 },
      },
    });
  });

  it('of a release that an environment has no use for are refused at the promotion', async () => {
    await create({ builders: [images] });
    const { environments } = fleet.platform;
    const shop = {
      ...fleet.platform,
      environments: environments.map(file => ({
        ...file,
        spec: { ...file.spec, builder: undefined },
      })),
    };
    const withImages = fleet.platform;
    const scripted = new ScriptedApps();
    fleet.platform = shop;
    await fleet.controlPlane.stop();
    await fleet.startControlPlane({ builders: [scripted, images] });
    await fleet.push('shop');
    fleet.platform = withImages;
    const promoted = await fleet.controlPlane.promote({
      app: 'shop',
      environment: 'prod',
      release: 1,
      actor: 'user:default/ana',
      ownershipRefs: ['user:default/ana'],
    });
    expect(promoted).toMatchObject({
      ok: false,
      problem: {
        code: 'release-not-built-for-environment',
        next: expect.stringContaining('Push again'),
      },
    });
  });

  it('are pulled with credentials that follow the configuration and are told to nobody', async () => {
    let password = PASSWORD;
    await create({
      builders: [new ScriptedApps(), images],
      pullCredentials: () => [
        { registry: REGISTRY, username: 'puller', password },
      ],
      intervals: { resyncMs: 300 },
    });
    fleet.rollsOut('prod', undefined); // all at once: this is about what they pull
    await fleet.push('shop');
    await fleet.promote('shop', 'prod', 1);
    await fleet.turns('shop', 'prod', 'Healthy');
    expect(secretOf('dev-1')).toBeUndefined(); // a bundle is pulled from nowhere
    expect(secretOf('eu-1')).toMatchObject({
      type: 'kubernetes.io/dockerconfigjson',
      metadata: { name: 'callboard-registry', namespace: 'shop--prod' },
    });
    expect(authsOf('eu-1')).toMatchObject({
      'registry.example/apps/shop': { username: 'puller', password: PASSWORD },
    });
    expect(podsOf('eu-1', 'shop')[0].imagePullSecrets).toEqual([
      { name: 'callboard-registry' },
    ]);

    password = `${PASSWORD}-new`;
    await eventually(
      () =>
        expect(authsOf('eu-1')).toMatchObject({
          'registry.example/apps/shop': { password },
        }),
      { timeoutMs: 10_000 },
    );
    await fleet.turns('shop', 'prod', 'Healthy');

    const view = await fleet.controlPlane.readKubernetesView({
      app: 'shop',
      environment: 'prod',
      cluster: 'eu-1',
    });
    expect(JSON.stringify(view)).toContain('callboard-registry');
    const reported = JSON.stringify([
      view,
      await fleet.controlPlane.listJournal({ limit: 500 }),
      await fleet.controlPlane.listApps(),
      await dumpRecord(fleet),
    ]);
    const secret = Buffer.from(`puller:${PASSWORD}`).toString('base64');
    for (const word of [PASSWORD, secret, secret.slice(0, 12)])
      expect(reported).not.toContain(word);
  });
});

/** Every row of every table. */
async function dumpRecord({ knex }: TestFleet): Promise<unknown[]> {
  const tables = (await knex('sqlite_master')
    .where({ type: 'table' })
    .pluck('name')) as string[];
  return Promise.all(tables.map(table => knex(table).select('*')));
}
