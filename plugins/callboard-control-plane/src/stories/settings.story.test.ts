import type {
  EnvironmentFile,
  SettingList,
} from '@callboard/plugin-callboard-common';
import { SecretCipher } from '@callboard/plugin-callboard-node';
import { eventually } from '@callboard/testing';
import { TestFleet } from '../__testUtils__/TestFleet';

jest.setTimeout(120_000);

const ANA = 'user:default/ana';
const SECRET = 'pay+"/%\\ c4lm-river-71';
const ROTATED = 'another-quiet-harbour-8';

const workload = (name: string, variables: string) => `
apiVersion: score.dev/v1b1
metadata: { name: ${name} }
containers:
  main:
    image: .
    variables: ${variables}
resources:
  env: { type: environment }
  vault: { type: secret }
`;
const WEB = workload(
  'web',
  '{ LOG_LEVEL: "${resources.env.LOG_LEVEL}", RELEASE: "${resources.env.release}" }',
);
const PAY = workload(
  'pay',
  '{ KEY: "${resources.vault.PAYMENT_KEY}", URL: "https://u:${resources.vault.PAYMENT_KEY}@pay" }',
);

/** What a blueprint has that offers the store "vault". */
const SECRET_STORES = [
  {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'externalsecrets.external-secrets.io' },
    spec: {
      group: 'external-secrets.io',
      names: { kind: 'ExternalSecret', plural: 'externalsecrets' },
      scope: 'Namespaced',
    },
  },
  {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ClusterSecretStore',
    metadata: { name: 'vault' },
  },
];

function environment(
  name: string,
  order: number,
  spec: Partial<EnvironmentFile['spec']> = {},
): EnvironmentFile {
  return {
    apiVersion: 'callboard.dev/v1alpha1',
    kind: 'Environment',
    metadata: { name, title: name === 'prod' ? 'Production' : 'Development' },
    spec: { order, placement: { numberOfClusters: 1 }, ...spec },
  };
}

describe('settings of an app', () => {
  let fleet: TestFleet;
  afterEach(() => fleet?.close());

  async function start(
    environments: EnvironmentFile[],
    clusters = ['eu-1'],
    deps: Parameters<TestFleet['startControlPlane']>[0] = {},
  ): Promise<void> {
    fleet = await TestFleet.create({
      clusters,
      deps: { intervals: { resyncMs: 500 }, ...deps },
    });
    fleet.platform = { ...fleet.platform, environments };
    await fleet.settles();
  }

  const push = (files: Record<string, string>) =>
    fleet.push('shop', { does: 'serve' }, files);

  type Turn = Parameters<TestFleet['controlPlane']['changeSetting']>[1];
  const change = (
    name: string,
    turn: Turn,
    more: { environment?: string; why?: string; ownershipRefs?: string[] } = {},
  ) =>
    fleet.controlPlane.changeSetting(
      { app: 'shop', name, actor: ANA, ...more },
      turn,
    );
  const set = (value: string, secret = false): Turn => ({
    kind: 'set',
    value,
    secret,
  });

  async function settings(where?: string, at?: Date) {
    const listed = await fleet.controlPlane.listSettings({
      app: 'shop',
      ...(where && { environment: where }),
      ...(at && { at }),
    });
    if (!listed.ok) throw new Error(listed.problem.why);
    return listed.value;
  }

  const shown = ({ items }: SettingList) =>
    items.map(({ name, version, value }) => `${name}.${version}=${value}`);

  /** The pod template of a workload on a cluster. */
  function templateOf(name: string, where: string, cluster = 'eu-1') {
    const { spec } = fleet.object(
      cluster,
      'Deployment',
      `shop--${where}/${name}`,
    ) as { spec?: any };
    return spec.template.spec.containers[0].env;
  }

  const secretOn = (cluster: string, namespace: string) =>
    fleet
      .cluster(cluster)
      .dump()
      .find(
        ({ kind, metadata }) =>
          kind === 'Secret' &&
          metadata.namespace === namespace &&
          metadata.name === 'callboard-settings',
      );

  const valuesOn = (cluster: string, namespace: string) =>
    Object.fromEntries(
      Object.entries(
        (secretOn(cluster, namespace)?.data ?? {}) as Record<string, string>,
      ).map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]),
    );

  /** Everything that the database holds, as text. */
  async function recorded(): Promise<string> {
    const tables: Array<{ name: string }> = await fleet
      .knex('sqlite_master')
      .where({ type: 'table' })
      .select('name');
    const rows = await Promise.all(
      tables.map(({ name }) => fleet.knex(name).select()),
    );
    return JSON.stringify(rows);
  }

  function expectNowhere(text: string, secret: string): void {
    for (const form of [
      secret,
      JSON.stringify(secret).slice(1, -1),
      JSON.stringify(JSON.stringify(secret)).slice(3, -3),
      encodeURIComponent(secret),
      Buffer.from(secret).toString('base64').replace(/=+$/, ''),
    ])
      expect(text).not.toContain(form);
  }

  it('waits for what its release reads, and gives it without a value ever being recorded', async () => {
    await start([environment('dev', 1)]);
    const pushed = await push({ 'score.yaml': WEB, 'pay/score.yaml': PAY });
    expect(pushed.lines.join('\n')).toContain(
      'Development has no LOG_LEVEL and PAYMENT_KEY',
    );
    expect((await settings('dev')).lacking).toEqual([
      { name: 'LOG_LEVEL', secret: false, release: 1, workloads: ['web'] },
      { name: 'PAYMENT_KEY', secret: true, release: 1, workloads: ['pay'] },
    ]);

    expect(await change('LOG_LEVEL', set('info'))).toEqual({
      ok: true,
      value: { version: 1 },
    });
    await change('PAYMENT_KEY', set(SECRET, true), {
      environment: 'dev',
      why: 'The bank gave it',
    });
    await fleet.turns('shop', 'dev', 'Healthy');

    expect(templateOf('web', 'dev')).toEqual([
      { name: 'LOG_LEVEL', value: 'info' },
      { name: 'RELEASE', value: '1' },
    ]);
    const secretKeyRef = { name: 'callboard-settings', key: 'PAYMENT_KEY.2' };
    expect(templateOf('pay', 'dev')).toEqual([
      { name: 'CALLBOARD_SECRET_1', valueFrom: { secretKeyRef } },
      { name: 'KEY', valueFrom: { secretKeyRef } },
      { name: 'URL', value: 'https://u:$(CALLBOARD_SECRET_1)@pay' },
    ]);
    expect(valuesOn('eu-1', 'shop--dev')).toEqual({ 'PAYMENT_KEY.2': SECRET });

    const listed = await settings('dev');
    expect(listed).toMatchObject({
      version: 2,
      lacking: [],
      items: [
        { name: 'LOG_LEVEL', secret: false, version: 1, value: 'info' },
        {
          name: 'PAYMENT_KEY',
          secret: true,
          version: 2,
          environment: 'dev',
          changedBy: ANA,
          why: 'The bank gave it',
          releases: [1],
          workloads: ['pay'],
        },
      ],
    });
    const journal = await fleet.controlPlane.listJournal({ app: 'shop' });
    expect(journal.map(({ message }) => message)).toContain(
      'The secret PAYMENT_KEY of shop was set in Development (settings 2)',
    );
    const view = await fleet.controlPlane.readKubernetesView({
      app: 'shop',
      environment: 'dev',
      cluster: 'eu-1',
    });
    for (const text of [
      await recorded(),
      JSON.stringify([listed, journal, view]),
      JSON.stringify(await fleet.app('shop')),
    ])
      expectNowhere(text, SECRET);
  });

  it('starts again exactly what reads a change, and takes it back', async () => {
    await start([environment('dev', 1)]);
    const began = new Date();
    await push({ 'score.yaml': WEB, 'pay/score.yaml': PAY });
    await change('LOG_LEVEL', set('info'));
    await change('PAYMENT_KEY', set(SECRET, true));
    await fleet.turns('shop', 'dev', 'Healthy');
    const podsOf = (name: string) =>
      fleet
        .cluster('eu-1')
        .dump()
        .filter(
          ({ kind, metadata }) =>
            kind === 'Pod' &&
            metadata.labels?.['callboard.dev/workload'] === name,
        )
        .map(({ metadata }) => metadata.name);
    const [web] = podsOf('web');
    const [pay] = podsOf('pay');
    const before = new Date();

    await change('PAYMENT_KEY', set(ROTATED, true));
    await eventually(() => {
      expect(podsOf('pay')).toEqual([expect.not.stringMatching(pay)]);
      expect(valuesOn('eu-1', 'shop--dev')).toEqual({
        'PAYMENT_KEY.2': SECRET, // for instances of before
        'PAYMENT_KEY.3': ROTATED,
      });
    });
    await fleet.turns('shop', 'dev', 'Healthy');
    expect(podsOf('web')).toEqual([web]);

    const taken = await change('PAYMENT_KEY', {
      kind: 'take-back',
      version: 3,
    });
    expect(taken).toEqual({ ok: true, value: { version: 4 } });
    await eventually(() => {
      expect(templateOf('pay', 'dev')[1].valueFrom.secretKeyRef.key).toBe(
        'PAYMENT_KEY.2',
      );
    });
    await fleet.turns('shop', 'dev', 'Healthy');
    expect(podsOf('web')).toEqual([web]);
    const late = await change('PAYMENT_KEY', { kind: 'take-back', version: 3 });
    expect(late).toMatchObject({
      ok: false,
      problem: { code: 'setting-moved-on' },
    });
    expect(shown(await settings('dev', before))).toEqual([
      'LOG_LEVEL.1=info',
      'PAYMENT_KEY.2=undefined',
    ]);
    expect(shown(await settings('dev'))).toEqual([
      'LOG_LEVEL.1=info',
      'PAYMENT_KEY.4=undefined',
    ]);
    expect(began < before).toBe(true);
  });

  it('is in the history with the release that it came to, and as it was at an instant', async () => {
    await start([environment('dev', 1)]);
    const runs = async (at?: Date) => {
      const read = await fleet.controlPlane.getApp('shop', at && { at });
      if (!read.ok) throw new Error(read.problem.why);
      const [dev] = read.value.environments;
      return [
        `${dev.release?.number} with ${dev.settings}`,
        ...dev.clusters.map(
          each =>
            `${each.cluster} ${each.desiredRelease} with ${each.settings} ${each.health.status}`,
        ),
      ];
    };
    /** @returns an instant that it is so at: the page of now may be older than what was written just before */
    const has = (release: number, version?: number) =>
      eventually(async () => {
        const at = new Date();
        const expected = [
          `${release} with ${version}`,
          `eu-1 ${release} with ${version} Healthy`,
        ];
        expect(await runs()).toEqual(expected);
        expect(await runs(at)).toEqual(expected);
        return at;
      });
    const other = { 'other.txt': 'nothing that is read' };
    const PLAIN = workload('web', '{ A: b }');
    await push({ 'score.yaml': PLAIN });
    await has(1);
    await change('LOG_LEVEL', set('info'));
    const first = await has(1, 1);
    await change('LOG_LEVEL', set('debug'), {
      environment: 'dev',
      why: 'To see more',
    });
    const second = await has(1, 2);
    await push({ 'score.yaml': WEB, ...other });
    await has(2, 2);

    expect(await runs(first)).toEqual(['1 with 1', 'eu-1 1 with 1 Healthy']);
    expect(await runs(second)).toEqual(['1 with 2', 'eu-1 1 with 2 Healthy']);
    const history = async (lanes: 'environment' | 'cluster', at?: Date) => {
      const read = await fleet.controlPlane.readTimeline('shop', {
        lanes,
        ...(at && { at }),
      });
      if (!read.ok) throw new Error(read.problem.why);
      return read.value.lanes.map(({ name, bars }) => [
        name,
        ...bars.map(({ release, settings: steps = [] }) => ({
          release,
          settings: steps.map(
            ({ version, name: setting, actor, why }) =>
              `${version} ${setting} ${actor} ${why}`,
          ),
        })),
      ]);
    };
    const info = `1 LOG_LEVEL ${ANA} undefined`;
    const debug = `2 LOG_LEVEL ${ANA} To see more`;
    const bars = [
      { release: 1, settings: [info, debug] },
      { release: 2, settings: [debug] },
    ];
    expect(await history('environment')).toEqual([['dev', ...bars]]);
    expect(await history('cluster')).toEqual([['dev/eu-1', ...bars]]);
    expect(await history('cluster', first)).toEqual([
      ['dev/eu-1', { release: 1, settings: [info] }],
    ]);
    const journal = await fleet.controlPlane.listJournal({
      app: 'shop',
      kind: 'releases',
    });
    expect(journal).toContainEqual(
      expect.objectContaining({
        actor: ANA,
        why: 'To see more',
        message:
          'The variable LOG_LEVEL of shop was set in Development (settings 2)',
      }),
    );
  });

  it('overrides what is set for all environments, and refuses what a release would miss', async () => {
    await start([
      environment('dev', 1),
      environment('prod', 2, {
        promotion: { from: 'dev', approval: 'group:default/leads' },
      }),
    ]);
    await push({ 'score.yaml': WEB });
    await change('LOG_LEVEL', set('debug'), { environment: 'dev' });
    await fleet.turns('shop', 'dev', 'Healthy');
    const asLead = { ownershipRefs: ['group:default/leads'] };
    const promotion = {
      app: 'shop',
      environment: 'prod',
      release: 1,
      actor: ANA,
      ...asLead,
    };
    expect(await fleet.controlPlane.promote(promotion)).toMatchObject({
      ok: false,
      problem: {
        code: 'setting-missing',
        what: 'Cannot promote release 1 of "shop" to Production',
        why: 'Production has no LOG_LEVEL',
        next: 'Set LOG_LEVEL as a variable in the settings of the app',
      },
    });
    const refused = await change('LOG_LEVEL', set('warn'), {
      environment: 'prod',
    });
    expect(refused).toMatchObject({
      ok: false,
      problem: { code: 'approval-missing' },
    });
    await change('LOG_LEVEL', set('warn'));
    expect(await fleet.controlPlane.promote(promotion)).toEqual({
      ok: true,
      value: { warnings: [] },
    });
    await fleet.turns('shop', 'prod', 'Healthy');
    expect(templateOf('web', 'prod')[0].value).toBe('warn');
    expect(templateOf('web', 'dev')[0].value).toBe('debug');
    expect((await settings()).items).toMatchObject([
      { name: 'LOG_LEVEL', value: 'warn', overriddenIn: ['dev'] },
    ]);

    const gone = await change('LOG_LEVEL', { kind: 'remove' }, asLead);
    expect(gone).toMatchObject({
      ok: false,
      problem: {
        code: 'setting-needed',
        why: 'release 1 in Production reads LOG_LEVEL (web)',
      },
    });
    await change('LOG_LEVEL', { kind: 'remove' }, { environment: 'dev' });
    await eventually(() =>
      expect(templateOf('web', 'dev')[0].value).toBe('warn'),
    );
    const other = await change('LOG_LEVEL', set('x', true), asLead);
    expect(other).toMatchObject({ problem: { code: 'setting-needed' } });
    const odd = await change('log-level', set('x'), { environment: 'dev' });
    expect(odd).toMatchObject({
      problem: { code: 'setting-invalid', next: 'Write LOG_LEVEL' },
    });
  });

  it('goes over clusters in the waves of its environment, and back with a rollback', async () => {
    await start(
      [
        environment('dev', 1, {
          placement: { numberOfClusters: 2 },
          rollout: {
            type: 'Progressive',
            progressive: { maxConcurrency: 1, minSuccessTime: '1h' },
          },
        }),
      ],
      ['eu-1', 'us-1'],
    );
    fleet.rollsOut('dev', undefined);
    await push({ 'score.yaml': WEB });
    await change('LOG_LEVEL', set('info'));
    await fleet.turns('shop', 'dev', 'Healthy');
    fleet.rollsOut('dev', {
      type: 'Progressive',
      progressive: { maxConcurrency: 1, minSuccessTime: '1h' },
    });

    await change('LOG_LEVEL', set('debug'));
    const levels = () =>
      ['eu-1', 'us-1']
        .map(cluster => templateOf('web', 'dev', cluster)[0].value)
        .sort();
    await eventually(() => expect(levels()).toEqual(['debug', 'info']));
    await eventually(async () => {
      const { phase, sentence } = await fleet.rollout('shop', 'dev');
      expect({ phase, sentence }).toMatchObject({ phase: 'soaking' });
    });
    expect(levels()).toEqual(['debug', 'info']);

    await fleet.steer('shop', 'dev', 'rollback');
    await eventually(() => expect(levels()).toEqual(['info', 'info']));
    expect(shown(await settings('dev'))).toEqual(['LOG_LEVEL.3=info']);
    expect(shown(await settings())).toEqual(['LOG_LEVEL.2=debug']);
  });

  it('refers to a store where the blueprint of each cluster offers it, and is refused elsewhere', async () => {
    await start([
      environment('dev', 1),
      environment('prod', 2, { promotion: { from: 'dev' } }),
    ]);
    await push({ 'score.yaml': PAY });
    await change('PAYMENT_KEY', set(SECRET, true), { environment: 'dev' });
    await fleet.turns('shop', 'dev', 'Healthy');
    const refer = (key: string): Turn => ({
      kind: 'refer',
      reference: { clusterSecretStore: 'vault', key },
    });
    expect(
      await change('PAYMENT_KEY', refer('shop/payment'), {
        environment: 'dev',
      }),
    ).toMatchObject({
      ok: false,
      problem: {
        code: 'setting-not-offered',
        what: 'Cannot set PAYMENT_KEY of "shop" in Development',
        why: 'PAYMENT_KEY stands in a store of secrets, and the blueprint of eu-1 has no External Secrets Operator to read it',
      },
    });
    for (const key of ['shop/../other/key', 'shop/%2e%2e/other', 'shop//key'])
      expect(
        await change('PAYMENT_KEY', refer(key), { environment: 'prod' }),
      ).toMatchObject({ ok: false, problem: { code: 'setting-invalid' } });
    expect(
      await change('PAYMENT_KEY', refer('shop/payment'), {
        environment: 'prod',
      }),
    ).toEqual({ ok: true, value: { version: 2 } });
    const promotion = {
      app: 'shop',
      environment: 'prod',
      release: 1,
      actor: ANA,
    };
    expect(await fleet.controlPlane.promote(promotion)).toMatchObject({
      ok: false,
      problem: {
        code: 'setting-not-offered',
        what: 'Cannot promote release 1 of "shop" to Production',
        next: 'Set PAYMENT_KEY to a value, or ask the platform team for the operator on eu-1',
      },
    });

    fleet.platform = {
      ...fleet.platform,
      blueprints: fleet.platform.blueprints.map(file => ({
        ...file,
        spec: {
          ...file.spec,
          version: file.spec.version + 1,
          addons: [
            ...(file.spec.addons ?? []),
            { name: 'secret-stores', objects: SECRET_STORES },
          ],
        },
      })),
    };
    const golden = fleet.platform.blueprints.find(
      ({ metadata }) => metadata.name === 'golden',
    );
    const rolledOut = await fleet.controlPlane.startBlueprintRollout({
      blueprint: 'golden',
      version: golden?.spec.version ?? 0,
      why: 'Secrets stand in a store',
      strategy: { type: 'All' },
      actor: ANA,
    });
    expect(rolledOut.ok || rolledOut.problem).toBe(true);
    await eventually(async () => {
      const answer = await fleet.controlPlane.getBlueprintRollout({
        blueprint: 'golden',
        id: '1',
      });
      expect(answer.ok && answer.value.phase).toBe('done');
    });
    const diff = await fleet.controlPlane.diffReleases({
      app: 'shop',
      environment: 'prod',
      release: 1,
    });
    expect(JSON.stringify(diff)).toContain('callboard-payment-key-2');
    expect(await fleet.controlPlane.promote(promotion)).toMatchObject({
      ok: true,
    });
    expect((await settings('prod')).items).toEqual([
      expect.objectContaining({
        name: 'PAYMENT_KEY',
        secret: true,
        reference: { clusterSecretStore: 'vault', key: 'shop/payment' },
      }),
    ]);
    const journal = await fleet.controlPlane.listJournal({ app: 'shop' });
    expect(journal).toContainEqual(
      expect.objectContaining({
        message:
          'The secret PAYMENT_KEY of shop was set in Production (settings 2)',
      }),
    );
    // What it refers to is in the entry itself, which the list leaves out.
    const [entry] = await fleet
      .knex('journal')
      .where({ action: 'app.setting-changed', environment: 'prod' });
    expect(entry.after).toContain('shop/payment');
  });

  it('refers to secrets of the portal that the app may read, and to no others', async () => {
    let bankKey: string | undefined = SECRET;
    const known = [SECRET];
    await start([environment('dev', 1)], ['eu-1'], {
      portalSecrets: {
        listFor: app => (app === 'shop' ? ['bank-key'] : []),
        read: async name => (name === 'bank-key' ? bankKey : undefined),
        recall: async name => (name === 'bank-key' ? known : []),
      },
    });
    const refer = (portalSecret: string): Turn => ({
      kind: 'refer',
      reference: { portalSecret },
    });
    await push({ 'score.yaml': PAY });
    expect(await change('PAYMENT_KEY', refer('root-key'))).toMatchObject({
      ok: false,
      problem: {
        code: 'setting-invalid',
        why: 'the portal has no secret "root-key" that this app may refer to',
        next: 'Use bank-key, or set a value',
      },
    });
    await change('PAYMENT_KEY', refer('bank-key'));
    await fleet.turns('shop', 'dev', 'Healthy');
    expect(valuesOn('eu-1', 'shop--dev')).toEqual({ 'PAYMENT_KEY.1': SECRET });
    expect((await settings('dev')).items).toMatchObject([
      { name: 'PAYMENT_KEY', reference: { portalSecret: 'bank-key' } },
    ]);
    // The version before is kept for instances that run; one that is gone stops nothing.
    bankKey = undefined;
    expect(await change('PAYMENT_KEY', set('other-key', true))).toMatchObject({
      ok: true,
    });
    await eventually(() =>
      expect(valuesOn('eu-1', 'shop--dev')).toEqual({
        'PAYMENT_KEY.2': 'other-key',
      }),
    );
    await fleet.turns('shop', 'dev', 'Healthy');
    // What hides them was prepared before the portal had another one.
    await fleet.controlPlane.readKubernetesView({
      app: 'shop',
      environment: 'dev',
      cluster: 'eu-1',
    });
    known.unshift('second-bank-key');
    await fleet.push(
      'shop',
      {
        does: 'crash',
        code: 3,
        says: [`no entry with ${SECRET} or second-bank-key`],
      },
      { 'score.yaml': PAY },
    );
    const seen = await fleet.turns('shop', 'dev', 'Degraded');
    expect(JSON.stringify(seen.findings)).toContain('no entry with ••• or •••');
    expectNowhere(await recorded(), SECRET);
  });

  it('hides what an app prints of its secrets, in logs, findings and the record', async () => {
    await start([environment('dev', 1)]);
    const says = [`cannot sign in with ${SECRET}`];
    await fleet.push(
      'shop',
      { does: 'serve' },
      { 'score.yaml': WEB, 'pay/score.yaml': PAY },
    );
    await change('LOG_LEVEL', set('info'));
    await change('PAYMENT_KEY', set(SECRET, true));
    await fleet.turns('shop', 'dev', 'Healthy');
    const pushed = await fleet.push(
      'shop',
      { does: 'crash', code: 3, says },
      { 'score.yaml': WEB, 'pay/score.yaml': PAY },
    );
    const seen = await fleet.turns('shop', 'dev', 'Degraded');
    expect(JSON.stringify(seen.findings)).toContain('cannot sign in with •••');
    const logs = await fleet.controlPlane.readLogs({
      app: 'shop',
      environment: 'dev',
      cluster: 'eu-1',
      filter: { tail: 10 },
    });
    expect(logs.ok && logs.value.map(({ text }) => text)).toContain(
      'cannot sign in with •••',
    );
    expect(pushed.lines.join()).toContain('•••');
    // What was pushed holds it: that is kept in git, and in no record.
    for (const text of [
      await recorded(),
      JSON.stringify([seen, logs]),
      pushed.lines.join(),
    ])
      expectNowhere(text, SECRET);
  });

  it('seals secrets with a newer key at the next start, and says which key is missing', async () => {
    await start([environment('dev', 1)]);
    await push({ 'pay/score.yaml': PAY, 'score.yaml': WEB });
    await change('LOG_LEVEL', set('info'));
    await change('PAYMENT_KEY', set(SECRET, true));
    await fleet.turns('shop', 'dev', 'Healthy');
    const [older, newer] = [Buffer.alloc(32, 7), Buffer.alloc(32, 8)];
    const keyIds = async () =>
      (await fleet.knex('setting_changes').whereNotNull('sealed')).map(
        row => row.key_id,
      );
    expect(await keyIds()).toEqual([new SecretCipher([older]).keyId]);

    await fleet.controlPlane.stop();
    await fleet.startControlPlane({ secrets: new SecretCipher([newer]) });
    expect(await keyIds()).toEqual([new SecretCipher([older]).keyId]);
    await push({ 'pay/score.yaml': PAY, 'score.yaml': WEB, 'new.txt': '' });
    const { problem } = await fleet.environment('shop', 'dev');
    expect(problem).toMatchObject({
      code: 'secret-key-missing',
      what: 'Cannot read the secret PAYMENT_KEY',
    });

    await fleet.controlPlane.stop();
    await fleet.startControlPlane({
      secrets: new SecretCipher([newer, older]),
    });
    expect(await keyIds()).toEqual([new SecretCipher([newer]).keyId]);
    await fleet.controlPlane.stop();
    await fleet.startControlPlane({ secrets: new SecretCipher([newer]) });
    await change('PAYMENT_KEY', set(ROTATED, true));
    await eventually(() =>
      expect(valuesOn('eu-1', 'shop--dev')).toMatchObject({
        'PAYMENT_KEY.2': SECRET,
        'PAYMENT_KEY.3': ROTATED,
      }),
    );
    expectNowhere(await recorded(), ROTATED);
  });
});
