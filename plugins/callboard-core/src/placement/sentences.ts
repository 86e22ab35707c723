import {
  BLUEPRINT_TAINT,
  OBSERVED_ONLY_TAINT,
  countOf,
  describeAmount,
  describeDuration,
  describeInstant,
  describeTwoAmounts,
  listOf,
  partOf,
  type PlacementChange,
  type PlacementChangeOf,
  type PlacementDecision,
  type PlacementReason,
  type PlacementReasonOf,
  type PlacementRemedy,
  pluralOf,
} from '@callboard/plugin-callboard-common';
import { describeScore } from './describeScore';
import { findMisconfigured } from './keepWhereItWas';
import { listChanges } from './remedy';
import { replicasOf } from './replicas/replicasOf';
import { countWantedReplicas } from './replicas/countWantedReplicas';

const AFFINITY_PARTS: Record<string, string> = {
  excluded: 'The policy excludes it by name',
  names: 'The policy does not name it',
  labels: 'Its labels are not those the policy selects',
  fields: 'Its provider, region or zones are not those the policy selects',
};

/** Facts of a rule's reason. */
type FactsOf<R extends PlacementReason['rule']> = PlacementReasonOf<R>['facts'];

/**
 * Describes a rule's reason as one sentence in a developer's words. It calls
 * the cluster "it", because it is shown beside the cluster's name. The compiler
 * refuses a reason without a sentence.
 */
export function describePlacementReason(reason: PlacementReason): string {
  switch (reason.rule) {
    case 'not-deleting':
      return 'It is being deleted';
    case 'not-cordoned':
      return 'It is cordoned: nothing new is placed on it';
    case 'not-draining':
      return 'It is being drained: what runs there leaves';
    case 'has-capacity':
      return describeMissingCapacity(reason.facts);
    case 'stays-on-cordoned':
      return 'It is cordoned; what runs there stays';
    case 'in-cluster-set': {
      const { actual, wanted } = reason.facts;
      return `Needs cluster set ${list(wanted, 'or')}; this one is in ${
        list(actual) || 'none'
      }`;
    }
    case 'required-labels':
      return describeRequirement('label', reason.facts);
    case 'required-claims':
      return describeRequirement('claim', reason.facts);
    case 'required-expression':
      return describeExpression(reason.facts);
    case 'runs-blueprint':
      return describeBlueprint(reason.facts);
    case 'keeps-guard-rails':
      return describeGuardRail(reason.facts);
    case 'of-modules': {
      const { why, next } = reason.facts;
      return next === undefined ? why : `${why}. ${next}`;
    }
    case 'tolerates-taints': {
      const { key, value, effect } = reason.facts;
      if (key === OBSERVED_ONLY_TAINT)
        return 'Callboard may only read this cluster';
      return key === BLUEPRINT_TAINT
        ? `Reserved for apps that require blueprint ${value}`
        : `Reserved for others: taint ${nameTaint(key, value)} (${effect})`;
    }
    case 'tolerates-taint': {
      const { key, value } = reason.facts;
      return key === BLUEPRINT_TAINT
        ? `Reserved for apps that require blueprint ${value}, as this one does`
        : `Its taint ${nameTaint(key, value)} is tolerated`;
    }
    case 'reachable': {
      const { failoverAfterSeconds: seconds } = reason.facts;
      return `${noContact(reason.facts)}; ${
        seconds === undefined
          ? 'nothing new is placed on it'
          : `what runs there moves after ${describeDuration(1_000 * seconds)}`
      }`;
    }
    case 'unreachable-tolerated': {
      const { failoverAfterSeconds: seconds } = reason.facts;
      return `${noContact(reason.facts)}; what runs there stays${
        seconds === undefined ? '' : ` for ${describeDuration(1_000 * seconds)}`
      }`;
    }
    case 'stays-until-replaced':
      return `${describeWait(
        reason.facts,
      )}; what runs there stays until another cluster takes it`;
    case 'failback-hold':
      return 'In contact again after it was lost; the app comes back once it has stayed for a while';
    case 'comes-back':
      return 'Ran here before the cluster was lost, and comes back';
    case 'stay-put':
      return 'Already runs here and stays';
    case 'spread':
      return `It covers ${reason.facts.topologyKey} ${reason.facts.domain}`;
    case 'keeps-spread': {
      const { topologyKey, domain, skew, maxSkew } = reason.facts;
      return domain
        ? `It would put ${skew} more into ${topologyKey} ${domain} than elsewhere; at most ${maxSkew} is allowed`
        : `It has no ${topologyKey}, over which the app is spread`;
    }
    case 'number-of-clusters': {
      const { wanted } = reason.facts;
      return `It fits, but ${
        wanted === 1 ? '1 cluster was' : `${wanted} clusters were`
      } chosen before it`;
    }
    case 'fits':
      return 'It meets every rule';
    case 'score':
      return describeScore(reason.facts);
    case 'matches-affinity':
      return (
        AFFINITY_PARTS[reason.facts.part] ?? 'The policy does not select it'
      );
    case 'serves-api':
      return `It does not serve ${reason.facts.kind} of ${reason.facts.apiVersion}`;
    case 'has-field':
      return `It does not say its ${reason.facts.field}, over which the policy spreads`;
    case 'too-few-replicas': {
      const { found, wanted } = reason.facts;
      return `There is capacity for ${partOf(found, wanted, 'instance')}`;
    }
    case 'shares-replicas': {
      const { replicas, of, kept, by } = reason.facts;
      return `It runs ${partOf(replicas, of, 'instance')}: ${shareSentence({
        came: replicas - kept,
        kept,
        by,
      })}`;
    }
    case 'no-replicas':
      if (reason.facts.by !== undefined)
        return 'It fits, but all instances run elsewhere';
      return reason.facts.capacity === 0
        ? 'It was selected, but has no capacity left'
        : 'It was selected, but all replicas went elsewhere';
    case 'not-selected':
      return 'It fits, but the spread constraints took others';
    case 'replicas': {
      const { replicas, capacity } = reason.facts;
      return `It takes ${replicas} ${pluralOf(
        replicas,
        'replica',
      )}; it had capacity for ${capacity}`;
    }
    case 'scaled-down': {
      const { replicas } = reason.facts;
      return `It does not fit any more, and keeps ${replicas} ${pluralOf(
        replicas,
        'replica',
      )} of what it has`;
    }
    case 'unschedulable':
      return `The engine refuses: ${reason.facts.why}`;
    case 'affinity-taken':
      return `Affinity ${reason.facts.affinity} was taken`;
    case 'misconfigured': {
      const { why, next, kept } = reason.facts;
      return [
        kept
          ? `The placement is misconfigured, kept where it was: ${why}`
          : `The placement cannot be judged: ${why}`,
        ...(next === undefined ? [] : [next]),
      ].join('. ');
    }
    case 'stays-undecided':
      return 'It runs there already and is kept: the placement is misconfigured';
    case 'ignored-field':
      return `${reason.facts.field} is ignored, as the engine ignores it`;
    case 'too-few-clusters': {
      const { wanted, found } = reason.facts;
      return `${found} of ${wanted} wanted ${pluralOf(
        wanted,
        'cluster',
      )} found`;
    }
    case 'spread-not-kept': {
      const { topologyKey, skew, maxSkew } = reason.facts;
      return `The spread over ${topologyKey} is uneven by ${skew} where ${maxSkew} is wanted, because no better cluster fits`;
    }
    case 'unrecognized':
      return capital(reason.facts.rule.replace(/-/g, ' '));
    default:
      return reason satisfies never;
  }
}

/** Describes the smallest change that would admit a cluster, as an instruction. */
export function describeRemedy(remedy: PlacementRemedy): string {
  const parts = listChanges(remedy).map(describeChange);
  return capital(listOf(parts, parts.length));
}

function describeChange(change: PlacementChange): string {
  switch (change.rule) {
    case 'set-label':
      return `label the cluster ${change.facts.key}=${change.facts.value}`;
    case 'remove-label':
      return `remove the cluster's label ${change.facts.key}`;
    case 'set-claim':
      return `have the cluster claim ${change.facts.key}=${change.facts.value}`;
    case 'remove-claim':
      return `have the cluster drop its claim ${change.facts.key}`;
    case 'join-cluster-set':
      return `move the cluster into cluster set ${change.facts.set}`;
    case 'stop-draining':
      return 'stop draining the cluster';
    case 'free-capacity':
      return `free up ${describeAmounts(change.facts)} on the cluster`;
    case 'add-node':
      return `add a node with ${describeAmounts(change.facts)} to the cluster`;
    case 'uncordon':
      return 'uncordon the cluster';
    case 'reconnect':
      return 'bring the cluster back in contact';
    case 'run-blueprint':
      return `have the cluster run blueprint ${change.facts.blueprint}`;
    case 'require-blueprint':
      return `require blueprint ${change.facts.blueprint} in app.yaml`;
    case 'keep-guard-rails':
      return change.facts.next;
    case 'tolerate':
      return `tolerate taint ${change.facts.key} in the placement`;
    case 'serve-api':
      return `install ${change.facts.kind} of ${change.facts.apiVersion} on the cluster`;
    case 'set-field':
      return `set ${change.facts.field} of the cluster`;
    case 'no-longer-exclude':
      return `no longer exclude ${change.facts.cluster} in the policy`;
    case 'name-cluster':
      return `name ${change.facts.cluster} in the policy`;
    case 'drop-field-selector':
      return 'take the field selector out of the policy';
    case 'drop-expression':
      return `take the expression ${change.facts.expression} out of the placement`;
    case 'mend-placement':
      return change.facts.next;
    case 'raise-max-skew':
      return `raise maxSkew of the spread over ${change.facts.topologyKey} to ${change.facts.maxSkew}`;
    case 'unrecognized':
      return change.facts.rule.replace(/-/g, ' ');
    default:
      return change satisfies never;
  }
}

function describeMissingCapacity(facts: FactsOf<'has-capacity'>): string {
  const { largest, kept } = facts;
  if (largest !== undefined)
    return `No node of it is large enough: ${describeNodeShortage({
      ...facts,
      largest,
    })}${kept ? '; what runs there stays' : ''}`;
  return kept
    ? `Larger than the whole cluster: ${describeShortage(
        facts,
      )}; what runs there stays`
    : `Not enough capacity: ${describeShortage(facts)}`;
}

function describeBlueprint({
  required,
  actual,
  unknown,
  kept,
}: FactsOf<'runs-blueprint'>): string {
  if (kept)
    return required === actual
      ? `It runs blueprint ${required}`
      : `It runs blueprint ${actual}, which is based on ${required}`;
  if (unknown)
    return `Its blueprint ${unknown} is not an active one of the platform; the app requires ${required}`;
  return actual
    ? `It runs blueprint ${actual}; the app requires ${required}`
    : `It runs no blueprint; the app requires ${required}`;
}

function describeGuardRail({
  blueprint,
  kept,
  broken,
}: FactsOf<'keeps-guard-rails'>): string {
  return broken.length > 0
    ? `The app does not keep what blueprint ${blueprint} holds apps to: ${broken.join(
        '; ',
      )}`
    : `Blueprint ${blueprint} holds apps to this: ${kept
        .map(lower)
        .join('; ')}`;
}

function describeExpression({
  expression,
  outcome,
  why,
  predicate,
}: FactsOf<'required-expression'>): string {
  const among = nameAlternative(predicate);
  if (outcome === 'failed')
    return `The expression ${expression} fails on it${among}: ${why}`;
  if (outcome === 'false')
    return `The expression ${expression} is false for it${among}`;
  return `The expression ${expression} is neither true nor false for it${among}`;
}

/** Describes the decision in one or two sentences: where the app runs, and what prevents more. */
export function describeDecision(
  decision: PlacementDecision,
  { environment }: { environment: string },
): string {
  const { wanted, satisfied } = decision;
  if (findMisconfigured(decision)) return describeKept(decision, environment);
  const kept = decision.notes
    .filter(({ rule }) => rule !== 'too-few-clusters')
    .map(note => describePlacementReason(note));
  const answer = describeAnswer(nameWithReplicas(decision), wanted, {
    environment,
    isDivided: countWantedReplicas(decision) !== undefined,
  });
  const why = satisfied ? [] : describeRefusals(decision);
  return [answer, ...why, ...kept].join('. ').concat('.');
}

/** Nothing was decided: only the reason is reported. */
function describeKept(
  decision: PlacementDecision,
  environment: string,
): string {
  const { notes } = decision;
  const chosen = nameWithReplicas(decision);
  const answer = `Runs on ${
    chosen.length > 0 ? nameFirst(chosen) : 'no cluster'
  } in ${environment}`;
  const said = notes.map(note => describePlacementReason(note));
  return [answer, ...said].join('. ').concat('.');
}

function describeAnswer(
  chosen: string[],
  wanted: number | undefined,
  { environment, isDivided }: { environment: string; isDivided: boolean },
): string {
  const count = wanted ?? 1;
  if (chosen.length === 0) {
    return wanted === undefined
      ? `No cluster fits ${environment}`
      : `Runs on none of ${count} wanted ${pluralOf(
          count,
          'cluster',
        )} in ${environment}`;
  }
  const names = nameFirst(chosen);
  if (wanted === undefined) {
    // Clusters that fit may get none of the replicas.
    return `Runs on ${isDivided ? '' : 'all '}${chosen.length}${
      isDivided ? '' : ' fitting'
    } ${pluralOf(chosen.length, 'cluster')} in ${environment}: ${names}`;
  }
  return `Runs on ${chosen.length} of ${count} wanted ${pluralOf(
    count,
    'cluster',
  )} in ${environment}: ${names}`;
}

/** `eu-1 (3 of 5 instances)` where they are divided. */
function nameWithReplicas(decision: PlacementDecision): string[] {
  const replicas = replicasOf(decision);
  const wanted = countWantedReplicas(decision);
  return decision.chosen.map(cluster =>
    wanted !== undefined && replicas.has(cluster)
      ? `${cluster} (${partOf(replicas.get(cluster)!, wanted, 'instance')})`
      : cluster,
  );
}

function nameFirst(chosen: readonly string[]): string {
  return chosen.length > 5
    ? `${chosen.slice(0, 5).join(', ')} and ${chosen.length - 5} more`
    : chosen.join(', ');
}

/**
 * Describes refused clusters grouped by the same reasons, most frequent first:
 * one sentence, or none.
 *
 * @param most - reasons that are named; the others are counted
 */
export function describeRefusals(
  { verdicts }: PlacementDecision,
  most = 3,
): string[] {
  const groups = new Map<string, number>();
  for (const { verdict, reasons } of verdicts) {
    if (verdict !== 'refused') continue;
    const key = lower(describePlacementReason(reasons[0]));
    groups.set(key, (groups.get(key) ?? 0) + 1);
  }
  const sorted = [...groups].sort(
    ([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1),
  );
  const parts = sorted
    .slice(0, most)
    .map(([why, count]) => `${count} refused: ${why}`);
  const rest = sorted.slice(most).reduce((sum, [, count]) => sum + count, 0);
  if (rest > 0) parts.push(`${rest} more for other reasons`);
  return parts.length > 0 ? [parts.join('. ')] : [];
}

function describeRequirement(
  kind: string,
  { key, operator, wanted, actual, predicate }: FactsOf<'required-labels'>,
): string {
  const needed = list(wanted, 'or');
  const has =
    actual === undefined ? `has no ${kind} ${key}` : `has ${key} ${actual}`;
  const among = nameAlternative(predicate);
  switch (operator) {
    case 'In':
      // The value of the key `env` is clear without its key.
      return key === 'env' && actual !== undefined
        ? `Needs a ${needed} cluster; this one is ${actual}${among}`
        : `Needs ${key} ${needed}; this one ${has}${among}`;
    case 'NotIn':
      return `Must not have ${key} ${needed}, as this one has${among}`;
    case 'Exists':
      return `Needs any ${kind} ${key}; this one has none${among}`;
    case 'DoesNotExist':
      return `Must not have a ${kind} ${key}; this one ${has}${among}`;
    default:
      return `${capital(
        kind,
      )} ${key}: the operator ${operator} is not known${among}`;
  }
}

function nameAlternative(predicate: number | undefined): string {
  return predicate === undefined ? '' : ` (alternative ${predicate})`;
}

function describeWait(facts: FactsOf<'stays-until-replaced'>): string {
  const { because } = facts;
  if (because === 'draining') return 'It is being drained';
  if (because === 'guard-rails')
    return `The app does not keep its guard rails: ${facts.why}`;
  if (because === 'module-rule') return facts.why ?? '';
  if (because === 'expression')
    return `It cannot be judged, as the expression ${facts.expression} fails on it: ${facts.why}`;
  return noContact(facts);
}

/** The time of the last contact, not its age: a decision is read later than it was made. */
function noContact({ observedAt }: { observedAt?: string }): string {
  return observedAt === undefined
    ? 'Never in contact yet'
    : `No contact since ${describeInstant(observedAt)}`;
}

function nameTaint(key: string, value: string): string {
  return value === '' ? key : `${key}=${value}`;
}

function list(value: readonly string[], word: 'and' | 'or' = 'and'): string {
  return value.length > 0 ? listOf(value, value.length, word) : '';
}

const SHARED_BY: Record<string, string> = {
  static: 'by its weight',
  dynamic: 'by its free capacity',
  aggregated: 'as few clusters with capacity for them are taken',
};

/** Describes which replicas stay, and by which method the others were divided. */
function shareSentence({
  came,
  kept,
  by,
}: {
  came: number;
  kept: number;
  by: string;
}): string {
  const how = SHARED_BY[by] ?? 'as many as everywhere';
  if (came === 0) return kept === 1 ? 'it stays' : 'they stay';
  return kept === 0
    ? how
    : `${kept} ${kept === 1 ? 'stays' : 'stay'}, ${came} more ${how}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** `0.5 CPU free, 1 CPU needed`, with enough decimals to show the difference. */
function describeShortage({
  resource: name,
  free = 0,
  needed,
  kept,
}: FactsOf<'has-capacity'>): string {
  const left = Math.max(0, free);
  if (name === 'pods')
    return `${left}${kept ? '' : ' more'} ${pluralOf(
      left,
      'instance',
    )} ${pluralOf(left, 'fits', 'fit')}, ${needed} needed`;
  const [some, all] = describeTwoAmounts(name, [left, needed]);
  return `${some}${nounOf(name)}${kept ? '' : ' free'}, ${all} needed`;
}

function describeNodeShortage({
  resource: name,
  largest,
  needed,
}: FactsOf<'has-capacity'> & { largest: number }): string {
  const [has, needs] = describeTwoAmounts(name, [largest, needed]);
  return `the largest has ${has}${nounOf(name)}, one instance needs ${needs}`;
}

function describeAmounts(
  facts: PlacementChangeOf<'free-capacity'>['facts'],
): string {
  const amounts = Object.entries(facts).map(([resource, amount]) =>
    resource === 'pods'
      ? `places for ${countOf(Number(amount), 'instance')}`
      : `${describeAmount(resource, Number(amount))}${nounOf(resource)}`,
  );
  return listOf(amounts, amounts.length);
}

/** Noun for amounts whose unit does not name the resource. */
function nounOf(resource: string): string {
  if (resource === 'memoryBytes') return ' of memory';
  if (resource === 'ephemeralStorageBytes') return ' of disk';
  return resource === 'cpuMillicores' ? '' : ` of ${resource}`;
}
