import type {
  ClusterOverride,
  FieldPath,
  LabelSelector,
  ScoreContainer,
  ScoreWorkload,
} from '@callboard/plugin-callboard-common';
import { parseCpu, parseMemory } from '../../quantity';
import type { RenderFault } from '../RenderFault';
import { amountsOf } from './withAmounts';

type Resource = 'cpu' | 'memory';
type Bound = 'limits' | 'requests';

/** Amounts of a container in score.yaml or an override. */
interface Saying {
  clusters: LabelSelector;
  amounts: NonNullable<ScoreContainer['resources']>;
  /** Absent for score.yaml. */
  at?: number;
}

/**
 * Finds requests above their limit, where an override sets one of them: a
 * cluster would refuse the pods. Two overrides that no cluster can match
 * together are not compared.
 *
 * @param path - of the overrides of the environment
 */
export function* findAmountFaults(
  { metadata: { name }, containers }: ScoreWorkload,
  overrides: readonly ClusterOverride[],
  path: FieldPath,
): Generator<RenderFault, void> {
  for (const [container, { resources = {} }] of Object.entries(containers)) {
    const sayings: Saying[] = [{ clusters: {}, amounts: resources }];
    for (const [at, override] of overrides.entries()) {
      const amounts = amountsOf(override, name, container);
      if (amounts) sayings.push({ clusters: override.clusters, at, amounts });
    }
    for (const resource of ['cpu', 'memory'] as const)
      for (const [index, saying] of sayings.entries()) {
        const bound = saidBound(saying, resource);
        if (saying.at === undefined || !bound) continue;
        const other = saying.amounts[otherOf(bound)]?.[resource];
        const met =
          other === undefined
            ? findMet(sayings.slice(0, index), saying, {
                bound: otherOf(bound),
                resource,
              })
            : [other];
        const amount = String(saying.amounts[bound]?.[resource]);
        const clash = met.find(each =>
          isAbove(resource, ...inOrder(bound, amount, each)),
        );
        if (clash !== undefined)
          yield {
            code: 'request-above-limit',
            path: [
              ...path,
              saying.at,
              'resources',
              name,
              container,
              bound,
              resource,
            ],
            ...explain(bound, clash),
          };
      }
  }
}

/** Returns which of the two an override sets; the request where it sets both. */
function saidBound({ amounts }: Saying, resource: Resource): Bound | undefined {
  if (amounts.requests?.[resource] !== undefined) return 'requests';
  return amounts.limits?.[resource] === undefined ? undefined : 'limits';
}

function otherOf(bound: Bound): Bound {
  return bound === 'limits' ? 'requests' : 'limits';
}

/** Finds values that the other bound can have where an override applies, by those before it. */
function findMet(
  before: readonly Saying[],
  { clusters }: Saying,
  { bound, resource }: { bound: Bound; resource: Resource },
): string[] {
  const met: string[] = [];
  for (const each of [...before].reverse()) {
    const amount = each.amounts[bound]?.[resource];
    if (amount === undefined || !canMeet(each.clusters, clusters)) continue;
    met.push(amount);
    if (selectsAll(each.clusters)) break; // earlier values are replaced
  }
  return met;
}

function inOrder(
  bound: Bound,
  amount: string,
  other: string,
): [request: string, limit: string] {
  return bound === 'requests' ? [amount, other] : [other, amount];
}

function isAbove(resource: Resource, request: string, limit: string): boolean {
  const read = (text: string) =>
    resource === 'cpu' ? parseCpu(text) : parseMemory(text.replace(/K$/, 'k'));
  return (read(request) ?? 0) > (read(limit) ?? Infinity);
}

function explain(
  bound: Bound,
  other: string,
): Pick<RenderFault, 'why' | 'next'> {
  return bound === 'requests'
    ? {
        why: `its limit can be ${other} there`,
        next: 'Lower the request, or give the limit with it',
      }
    : {
        why: `what it asks for can be ${other} there`,
        next: 'Raise the limit, or give the request with it',
      };
}

export function selectsAll({
  matchLabels = {},
  matchExpressions = [],
}: LabelSelector): boolean {
  return Object.keys(matchLabels).length === 0 && matchExpressions.length === 0;
}

/** False only where a label would need two values. */
function canMeet(
  { matchLabels: ours = {} }: LabelSelector,
  { matchLabels: theirs = {} }: LabelSelector,
): boolean {
  return Object.entries(ours).every(
    ([key, value]) => !Object.hasOwn(theirs, key) || theirs[key] === value,
  );
}
