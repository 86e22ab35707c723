import createKnex, { type Knex } from 'knex';
import {
  type ScoreWorkload,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import type { Builder, PushedFiles } from '@callboard/plugin-callboard-node';
import { countTurns } from '@callboard/testing';
import { readCatalog } from '../../__testUtils__/readCatalog';
import { migrateStore, saveApp } from '../../store';
import { judgePush } from './judgePush';

const SCORE = `
apiVersion: score.dev/v1b1
metadata: { name: web }
containers: { main: { image: . } }
`;
const appFile = (spec: string, name = 'shop') =>
  `apiVersion: callboard.dev/v1alpha1\nkind: App\nmetadata: { name: ${name} }\nspec: ${spec}\n`;

const bundle: Builder = {
  name: 'bundle',
  check: ({
    paths,
  }: {
    paths: readonly string[];
    workloads: ScoreWorkload[];
  }) =>
    paths.includes('empty')
      ? failed({
          code: 'no-start-command',
          what: 'Cannot bundle',
          why: 'nothing starts',
          next: 'Add one',
          transient: false,
        })
      : ok(undefined),
  build: async () => ok({ images: {} }),
};

function push(
  files: Record<string, string>,
  change: Partial<PushedFiles> = {},
): PushedFiles {
  return {
    app: 'shop',
    actor: 'user:default/ana',
    owner: 'user:default/ana',
    ownershipRefs: ['user:default/ana', 'group:default/payments'],
    revision: {
      commit: 'a'.repeat(40),
      message: 'Change it',
      author: 'Ana <ana@example.com>',
    },
    paths: Object.keys(files),
    texts: files,
    ...change,
  };
}

describe('judgePush', () => {
  let knex: Knex;
  const judge = (given: PushedFiles, builders: Builder[] = [bundle]) =>
    judgePush(given, {
      knex,
      platform: readCatalog(),
      builders,
      defaultBuilder: 'bundle',
    });

  beforeAll(async () => {
    knex = createKnex({
      client: 'better-sqlite3',
      connection: ':memory:',
      useNullAsDefault: true,
    });
    await migrateStore(knex);
    const createdAt = new Date(0);
    await knex.transaction(tx =>
      saveApp(
        tx,
        { name: 'theirs', title: 'T', owner: 'group:default/other', createdAt },
        createdAt,
      ),
    );
    await knex.transaction(tx =>
      saveApp(
        tx,
        {
          name: 'ours',
          title: 'O',
          owner: 'group:default/payments',
          createdAt,
        },
        createdAt,
      ),
    );
  });
  afterAll(() => knex.destroy());

  it('lets others have their turn between two files', async () => {
    const files = Array.from({ length: 40 }, (_, i) => [
      `w${i}/score.yaml`,
      SCORE.replace('web', `web-${i}`),
    ]);
    const turns = await countTurns(() =>
      judge(push(Object.fromEntries(files))),
    );
    expect(turns).toBeGreaterThan(35);
  });

  it.each([
    {
      name: 'a name that is no DNS label',
      given: push({ 'score.yaml': SCORE }, { app: 'My_App' }),
      code: 'app-name-invalid',
    },
    {
      name: 'an app of somebody else',
      given: push({ 'score.yaml': SCORE }, { app: 'theirs' }),
      code: 'app-owned-by-others',
    },
    {
      name: 'no score file',
      given: push({ 'README.md': 'hello' }),
      code: 'score-missing',
    },
    {
      name: 'a score file that is not pushed',
      given: push({
        'score.yaml': SCORE,
        'app.yaml': appFile('{ workloads: [api/score.yaml] }'),
      }),
      code: 'score-missing',
    },
    {
      name: 'an invalid score file',
      given: push({
        'score.yaml': 'apiVersion: score.dev/v1b1\nmetadata: {}\n',
      }),
      code: 'score-invalid',
    },
    {
      name: 'more values than anybody writes',
      given: push({ 'score.yaml': `${SCORE}service: [${'1,'.repeat(3_000)}]` }),
      code: 'yaml-too-many-nodes',
    },
    {
      name: 'no YAML at all',
      given: push({ 'score.yaml': '{ not: [yaml' }),
      code: 'yaml-syntax',
    },
    {
      name: 'two workloads of one name',
      given: push({ 'score.yaml': SCORE, 'api/score.yaml': SCORE }),
      code: 'workload-name-taken',
    },
    {
      name: 'an unknown placeholder',
      given: push({
        'score.yaml': SCORE.replace(
          'image: .',
          'image: ., variables: { A: "${resources.db.host}" }',
        ),
      }),
      code: 'placeholder-unknown',
    },
    {
      name: 'a mounted file that is not pushed',
      given: push({
        'score.yaml': SCORE.replace(
          'image: .',
          'image: ., files: { /etc/a: { source: a.txt } }',
        ),
      }),
      code: 'file-missing',
    },
    {
      name: 'an app file of another app',
      given: push({ 'score.yaml': SCORE, 'app.yaml': appFile('{}', 'mail') }),
      code: 'app-name-differs',
    },
    {
      name: 'an owner one does not belong to',
      given: push({
        'score.yaml': SCORE,
        'app.yaml': appFile('{ owner: group:default/other }'),
      }),
      code: 'owner-not-yours',
    },
    {
      name: 'an environment that widens',
      given: push({
        'score.yaml': SCORE,
        'app.yaml': appFile(
          '{ environments: [{ name: prod, placement: { numberOfClusters: 9 } }] }',
        ),
      }),
      code: 'environment-widened',
    },
    {
      name: 'a promotion from nowhere',
      given: push({
        'score.yaml': SCORE,
        'app.yaml': appFile(
          '{ environments: [{ name: prod, promotion: { from: nowhere } }] }',
        ),
      }),
      code: 'environment-unknown',
    },
    {
      name: 'what its builder cannot build',
      given: push({ 'score.yaml': SCORE, empty: '' }),
      code: 'no-start-command',
    },
  ])(
    'refuses $name, and says what, why and what next',
    async ({ given, code }) => {
      const judged = await judge(given);
      if (judged.ok) throw new Error('it was accepted');
      expect(judged.problem).toMatchObject({ code, transient: false });
      const { what, why, next } = judged.problem;
      for (const text of [what, why, next]) expect(text).toMatch(/\S/);
    },
  );

  it('refuses to build where the platform has no builder', async () => {
    const judged = await judge(push({ 'score.yaml': SCORE }), []);
    expect(!judged.ok && judged.problem.code).toBe('builder-missing');
  });

  it.each([
    {
      name: 'the pusher owns a new app',
      given: push({ 'score.yaml': SCORE }),
      owner: 'user:default/ana',
      builder: 'bundle',
    },
    {
      name: 'a group of the pusher, when app.yaml says so',
      given: push({
        'score.yaml': SCORE,
        'app.yaml': appFile('{ owner: group:default/Payments }'),
      }),
      owner: 'group:default/payments',
      builder: 'bundle',
    },
    {
      name: 'it stays whose it was',
      given: push({ 'score.yaml': SCORE }, { app: 'ours' }),
      owner: 'group:default/payments',
      builder: 'bundle',
    },
    {
      name: 'nothing is built where every image is named',
      given: push({ 'score.yaml': SCORE.replace('image: .', 'image: nginx') }),
      owner: 'user:default/ana',
      builder: 'given',
    },
  ])('accepts: $name', async ({ given, owner, builder }) => {
    const judged = await judge(given);
    if (!judged.ok)
      throw new Error(`${judged.problem.what}: ${judged.problem.why}`);
    expect(judged.value).toMatchObject({
      owner,
      builder,
      accepted: { workloads: ['web'] },
    });
  });
});
