import { type Result, ok, isRecord } from '@callboard/plugin-callboard-common';
import type {
  CallOptions,
  ClusterConnection,
} from '@callboard/plugin-callboard-node';
import type { PolicyRule } from './renderAgentRules';

const API_VERSION = 'authorization.k8s.io/v1';
/** No Role exists there: rights in it are rights in every namespace. The namespace need not exist. */
const NOWHERE = 'callboard-rights-of-the-agent';
const MOST_QUESTIONS = 200; // single reviews, where the cluster cannot list all rights

interface Right {
  verb: string;
  group: string;
  resource: string;
  name?: string;
}

/**
 * Reviews whether the agent has the rights that it was installed with. One
 * request where the cluster can list them; where the list is incomplete
 * (another authorizer than RBAC), one more for each right that is not in it.
 *
 * @returns missing rights, as `patch deployments.apps`, sorted
 */
export async function checkAgentRights(
  connection: ClusterConnection,
  wanted: readonly PolicyRule[],
  options: CallOptions = {},
): Promise<Result<string[]>> {
  const listed = await connection.review(
    { apiVersion: API_VERSION, kind: 'SelfSubjectRulesReview' },
    { namespace: NOWHERE },
    options,
  );
  if (!listed.ok) return listed;
  const rules = readRules(listed.value.resourceRules);
  const uncovered = wanted
    .flatMap(rightsOf)
    .filter(right => !rules.some(rule => covers(rule, right)));
  if (listed.value.incomplete !== true)
    return ok(uncovered.map(describeRight).sort());

  const missing: Right[] = [];
  for (const right of uncovered.slice(0, MOST_QUESTIONS)) {
    const allowed = await mayDo(connection, right, options);
    if (!allowed.ok) return allowed;
    if (!allowed.value) missing.push(right);
  }
  return ok(missing.map(describeRight).sort());
}

async function mayDo(
  connection: ClusterConnection,
  { verb, group, resource, name }: Right,
  options: CallOptions,
): Promise<Result<boolean>> {
  const [plural, subresource] = resource.split('/');
  const answer = await connection.review(
    { apiVersion: API_VERSION, kind: 'SelfSubjectAccessReview' },
    {
      resourceAttributes: {
        verb,
        group,
        resource: plural,
        ...(subresource !== undefined && { subresource }),
        ...(name !== undefined && { name }),
      },
    },
    options,
  );
  return answer.ok ? ok(answer.value.allowed === true) : answer;
}

function rightsOf({
  apiGroups,
  resources,
  verbs,
  resourceNames,
}: PolicyRule): Right[] {
  return apiGroups.flatMap(group =>
    resources.flatMap(resource =>
      verbs.flatMap(verb =>
        resourceNames
          ? resourceNames.map(name => ({ verb, group, resource, name }))
          : [{ verb, group, resource }],
      ),
    ),
  );
}

/** Compares like RBAC: `*` is everything, and for a subresource the resource may be anything. */
function covers(rule: PolicyRule, right: Right): boolean {
  const [, subresource] = right.resource.split('/');
  return (
    hasOrAll(rule.verbs, right.verb) &&
    hasOrAll(rule.apiGroups, right.group) &&
    (hasOrAll(rule.resources, right.resource) ||
      (subresource !== undefined &&
        rule.resources.includes(`*/${subresource}`))) &&
    (rule.resourceNames === undefined ||
      (right.name !== undefined && rule.resourceNames.includes(right.name)))
  );
}

function hasOrAll(list: readonly string[], item: string): boolean {
  return list.includes('*') || list.includes(item);
}

function readRules(value: unknown): PolicyRule[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isRecord).map(rule => {
    const names = textsOf(rule.resourceNames);
    return {
      apiGroups: textsOf(rule.apiGroups),
      resources: textsOf(rule.resources),
      verbs: textsOf(rule.verbs),
      ...(names.length > 0 && { resourceNames: names }),
    };
  });
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value)
    ? value.filter(each => typeof each === 'string')
    : [];
}

function describeRight({ verb, group, resource, name }: Right): string {
  const kind = group === '' ? resource : `${resource}.${group}`;
  return name === undefined ? `${verb} ${kind}` : `${verb} ${kind} "${name}"`;
}
