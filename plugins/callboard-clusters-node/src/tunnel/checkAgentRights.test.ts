import { type Result, ok } from '@callboard/plugin-callboard-common';
import type {
  ClusterConnection,
  KindRef,
} from '@callboard/plugin-callboard-node';
import { checkAgentRights } from './checkAgentRights';
import { type PolicyRule, renderAgentRules } from './renderAgentRules';

/** A cluster that says these rules, and allows single rights beside them. */
function cluster(
  rules: PolicyRule[],
  {
    allows,
  }: { allows?: (attributes: Record<string, unknown>) => boolean } = {},
): { connection: ClusterConnection; asked: string[] } {
  const asked: string[] = [];
  const review = async (
    { kind }: KindRef,
    spec: Record<string, unknown>,
  ): Promise<Result<Record<string, unknown>>> => {
    asked.push(kind);
    return kind === 'SelfSubjectRulesReview'
      ? ok({ resourceRules: rules, incomplete: allows !== undefined })
      : ok({
          allowed: allows?.(spec.resourceAttributes as Record<string, unknown>),
        });
  };
  return { connection: { review } as unknown as ClusterConnection, asked };
}

const WANTED = renderAgentRules([]);

it.each<{ name: string; rules: PolicyRule[]; expected: string[] }>([
  { name: 'all as installed', rules: WANTED, expected: [] },
  {
    name: 'everything to everybody',
    rules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }],
    expected: [],
  },
  {
    name: 'a verb is missing',
    rules: WANTED.map(rule =>
      rule.resources[0] === 'deployments'
        ? { ...rule, verbs: rule.verbs.filter(verb => verb !== 'patch') }
        : rule,
    ),
    expected: ['patch deployments.apps'],
  },
  {
    name: 'another group is another thing',
    rules: WANTED.map(rule =>
      rule.resources[0] === 'replicasets'
        ? { ...rule, apiGroups: ['extensions'] }
        : rule,
    ),
    expected: [
      'get replicasets.apps',
      'list replicasets.apps',
      'watch replicasets.apps',
    ],
  },
  {
    name: 'some objects are not all',
    rules: WANTED.map(rule =>
      rule.resources[0] === 'nodes'
        ? { ...rule, resourceNames: ['node-1'] }
        : rule,
    ),
    expected: ['get nodes', 'list nodes', 'watch nodes'],
  },
  {
    name: 'subresources by their own name',
    rules: WANTED.map(rule =>
      rule.resources[0] === 'pods/log'
        ? { ...rule, resources: ['*/log'] }
        : rule,
    ),
    expected: [],
  },
  {
    name: 'one object by its name',
    rules: WANTED.filter(rule => rule.resourceNames === undefined),
    expected: ['create', 'delete', 'get', 'patch'].flatMap(verb => [
      `${verb} secrets "callboard-registry"`,
      `${verb} secrets "callboard-secrets"`,
      `${verb} secrets "callboard-settings"`,
    ]),
  },
])('$name', async ({ rules, expected }) => {
  expect(await checkAgentRights(cluster(rules).connection, WANTED)).toEqual(
    ok(expected),
  );
});

it('asks one by one where the list is not whole', async () => {
  const { connection, asked } = cluster(
    WANTED.filter(rule => rule.resources[0] !== 'pods/log'),
    { allows: ({ subresource }) => subresource === 'log' },
  );
  expect(await checkAgentRights(connection, WANTED)).toEqual(ok([]));
  expect(asked).toEqual(['SelfSubjectRulesReview', 'SelfSubjectAccessReview']);
  const refused = cluster(WANTED.slice(1), { allows: () => false });
  expect(await checkAgentRights(refused.connection, WANTED)).toMatchObject({
    value: expect.arrayContaining(['get configmaps']),
  });
});
