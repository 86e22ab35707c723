import {
  countOf,
  describeAmount,
  describeDuration,
  describeInstant,
  describeTwoAmounts,
  listOf,
  partOf,
  type PlacementDecision,
  type PlacementReason,
  pluralOf,
} from '@callboard/plugin-callboard-common';
import { describeScore } from './describeScore';
import { findMisconfigured } from './keepWhereItWas';
import { listChanges } from './remedy';
import { copiesOf } from './replicas/copiesOf';
import { countWantedCopies } from './replicas/countWantedCopies';

type Facts = PlacementReason['facts'];

const AFFINITY_PARTS: Record<string, string> = {
  excluded: 'The policy excludes it by name',
  names: 'The policy does not name it',
  labels: 'Its labels are not those the policy selects',
  fields: 'Its provider, region or zones are not those the policy selects',
};

const REASONS: Record<string, (facts: Facts) => string> = {
  'not-deleting': () => 'It is being deleted',
  'not-cordoned': () => 'It is cordoned: nothing new is placed on it',
  'not-draining': () => 'It is being drained: what runs there leaves',
  'has-room': facts => {
    if (facts.largest !== undefined)
      return `No node of it is large enough: ${describeNodeShortage(facts)}${
        facts.kept ? '; what runs there stays' : ''
      }`;
    return facts.kept
      ? `Larger than the whole cluster: ${describeShortage(
          facts,
        )}; what runs there stays`
      : `Not enough capacity: ${describeShortage(facts)}`;
  },
  'stays-on-cordoned': () => 'It is cordoned; what runs there stays',
  'in-cluster-set': ({ actual, wanted }) =>
    `Needs cluster set ${list(wanted, 'or')}; this one is in ${
      list(actual) || 'none'
    }`,
  'required-labels': facts => describeRequirement('label', facts),
  'required-claims': facts => describeRequirement('claim', facts),
  'runs-blueprint': ({ required, actual, unknown, kept }) => {
    if (kept)
      return required === actual
        ? `It runs blueprint ${required}`
        : `It runs blueprint ${actual}, which is based on ${required}`;
    if (unknown)
      return `Its blueprint ${unknown} is not an active one of the platform; the app requires ${required}`;
    return actual
      ? `It runs blueprint ${actual}; the app requires ${required}`
      : `It runs no blueprint; the app requires ${required}`;
  },
  'tolerates-taints': ({ key, value, effect }) =>
    key === 'callboard.dev/blueprint'
      ? `Reserved for apps that require blueprint ${value}`
      : `Reserved for others: taint ${nameTaint(key, value)} (${effect})`,
  'tolerates-taint': ({ key, value }) =>
    key === 'callboard.dev/blueprint'
      ? `Reserved for apps that require blueprint ${value}, as this one does`
      : `Its taint ${nameTaint(key, value)} is tolerated`,
  'seen-recently': facts =>
    `${noContact(facts)}; ${
      facts.failoverAfterSeconds === undefined
        ? 'nothing new is placed on it'
        : `what runs there moves after ${describeDuration(
            1_000 * Number(facts.failoverAfterSeconds),
          )}`
    }`,
  'stays-unseen': facts =>
    `${noContact(facts)}; what runs there stays${
      facts.failoverAfterSeconds === undefined
        ? ''
        : ` for ${describeDuration(1_000 * Number(facts.failoverAfterSeconds))}`
    }`,
  'stays-until-replaced': ({ because, ...facts }) =>
    `${describeWait(
      because,
      facts,
    )}; what runs there stays until another cluster takes it`,
  'back-for-good': () =>
    'In contact again after it was lost; the app comes back once it has stayed for a while',
  'comes-back': () => 'Ran here before the cluster was lost, and comes back',
  'stay-put': () => 'Already runs here and stays',
  spread: ({ topologyKey, domain }) => `It covers ${topologyKey} ${domain}`,
  'keeps-spread': ({ topologyKey, domain, skew, maxSkew }) =>
    domain
      ? `It would put ${skew} more into ${topologyKey} ${domain} than elsewhere; at most ${maxSkew} is allowed`
      : `It has no ${topologyKey}, over which the app is spread`,
  'number-of-clusters': ({ wanted }) =>
    `It fits, but ${
      wanted === 1 ? '1 cluster was' : `${wanted} clusters were`
    } chosen before it`,
  fits: () => 'It meets every rule',
  score: describeScore,
  'required-expression': ({ expression, outcome, why, predicate }) => {
    const among = nameAlternative(predicate);
    if (outcome === 'failed')
      return `The expression ${expression} fails on it${among}: ${why}`;
    if (outcome === 'false')
      return `The expression ${expression} is false for it${among}`;
    return `The expression ${expression} is neither true nor false for it${among}`;
  },
  'matches-affinity': ({ part }) =>
    AFFINITY_PARTS[String(part)] ?? 'The policy does not select it',
  'serves-api': ({ apiVersion, kind }) =>
    `It does not serve ${kind} of ${apiVersion}`,
  'has-field': ({ field }) =>
    `It does not say its ${field}, over which the policy spreads`,
  'too-few-replicas': ({ wanted, found }) =>
    `There is room for ${partOf(Number(found), Number(wanted), 'instance')}`,
  'shares-replicas': ({ replicas, of, kept, by }) =>
    `It runs ${partOf(
      Number(replicas),
      Number(of),
      'instance',
    )}: ${shareSentence({
      came: Number(replicas) - Number(kept),
      kept: Number(kept),
      by: String(by),
    })}`,
  'no-replicas': ({ room, by }) => {
    if (by !== undefined) return 'It fits, but all instances run elsewhere';
    return room === 0
      ? 'It was selected, but has no capacity left'
      : 'It was selected, but all replicas went elsewhere';
  },
  'not-selected': () => 'It fits, but the spread constraints took others',
  replicas: ({ replicas, room }) =>
    `It takes ${replicas} ${pluralOf(
      Number(replicas),
      'replica',
    )}; it had room for ${room}`,
  'scaled-down': ({ replicas }) =>
    `It does not fit any more, and keeps ${replicas} ${pluralOf(
      Number(replicas),
      'replica',
    )} of what it has`,
  unschedulable: ({ why }) => `The engine refuses: ${why}`,
  'affinity-taken': ({ affinity }) => `Affinity ${affinity} was taken`,
  misconfigured: ({ why, next, kept }) =>
    [
      kept
        ? `The placement is misconfigured, kept where it was: ${why}`
        : `The placement cannot be judged: ${why}`,
      ...(next === undefined ? [] : [String(next)]),
    ].join('. '),
  'stays-undecided': () =>
    'It runs there already and is kept: the placement is misconfigured',
  'ignored-field': ({ field }) =>
    `${field} is ignored, as the engine ignores it`,
  'too-few-clusters': ({ wanted, found }) =>
    `${found} of ${wanted} wanted ${pluralOf(Number(wanted), 'cluster')} found`,
  'spread-not-kept': ({ topologyKey, skew, maxSkew }) =>
    `The spread over ${topologyKey} is uneven by ${skew} where ${maxSkew} is wanted, because no better cluster fits`,
};

const CHANGES: Record<string, (facts: Facts) => string> = {
  'set-label': ({ key, value }) => `label the cluster ${key}=${value}`,
  'remove-label': ({ key }) => `remove the cluster's label ${key}`,
  'set-claim': ({ key, value }) => `have the cluster claim ${key}=${value}`,
  'remove-claim': ({ key }) => `have the cluster drop its claim ${key}`,
  'join-cluster-set': ({ set }) => `move the cluster into cluster set ${set}`,
  'stop-draining': () => 'stop draining the cluster',
  'free-room': facts => `free up ${describeAmounts(facts)} on the cluster`,
  'add-node': facts =>
    `add a node with ${describeAmounts(facts)} to the cluster`,
  uncordon: () => 'uncordon the cluster',
  reconnect: () => 'bring the cluster back in contact',
  'run-blueprint': ({ blueprint }) =>
    `have the cluster run blueprint ${blueprint}`,
  'require-blueprint': ({ blueprint }) =>
    `require blueprint ${blueprint} in app.yaml`,
  tolerate: ({ key }) => `tolerate taint ${key} in the placement`,
  'serve-api': ({ apiVersion, kind }) =>
    `install ${kind} of ${apiVersion} on the cluster`,
  'set-field': ({ field }) => `set ${field} of the cluster`,
  'no-longer-exclude': ({ cluster }) =>
    `no longer exclude ${cluster} in the policy`,
  'name-cluster': ({ cluster }) => `name ${cluster} in the policy`,
  'drop-field-selector': () => 'take the field selector out of the policy',
  'drop-expression': ({ expression }) =>
    `take the expression ${expression} out of the placement`,
  'mend-placement': ({ next }) => String(next),
  'raise-max-skew': ({ topologyKey, maxSkew }) =>
    `raise maxSkew of the spread over ${topologyKey} to ${maxSkew}`,
};

/**
 * Why a rule spoke, as one sentence in a developer's words. It says "it" of the
 * cluster, so that it stands beside the cluster's name.
 */
export function describePlacementReason(reason: PlacementReason): string {
  const say = REASONS[reason.rule];
  return say ? say(reason.facts) : `${capital(reason.rule.replace(/-/g, ' '))}`;
}

/** The smallest change that would admit a cluster, as an instruction. */
export function describeRemedy(remedy: PlacementReason): string {
  const parts = listChanges(remedy).map(({ rule, facts }) => {
    const say = CHANGES[rule];
    return say ? say(facts) : rule.replace(/-/g, ' ');
  });
  return capital(listOf(parts, parts.length));
}

/** The whole answer in one or two sentences: where it runs, and what stands in the way. */
export function describeDecision(
  decision: PlacementDecision,
  { environment }: { environment: string },
): string {
  const { wanted, satisfied } = decision;
  if (findMisconfigured(decision)) return describeKept(decision, environment);
  const kept = decision.notes
    .filter(({ rule }) => rule !== 'too-few-clusters')
    .map(note => describePlacementReason(note));
  const answer = describeAnswer(nameWithCopies(decision), wanted, {
    environment,
    isDivided: countWantedCopies(decision) !== undefined,
  });
  const why = satisfied ? [] : describeRefusals(decision);
  return [answer, ...why, ...kept].join('. ').concat('.');
}

/** Nothing was decided: that it could not be is all there is to say. */
function describeKept(
  decision: PlacementDecision,
  environment: string,
): string {
  const { notes } = decision;
  const chosen = nameWithCopies(decision);
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
    // Clusters that fit may hold none of the copies.
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
function nameWithCopies(decision: PlacementDecision): string[] {
  const copies = copiesOf(decision);
  const wanted = countWantedCopies(decision);
  return decision.chosen.map(cluster =>
    wanted !== undefined && copies.has(cluster)
      ? `${cluster} (${partOf(copies.get(cluster)!, wanted, 'instance')})`
      : cluster,
  );
}

function nameFirst(chosen: readonly string[]): string {
  return chosen.length > 5
    ? `${chosen.slice(0, 5).join(', ')} and ${chosen.length - 5} more`
    : chosen.join(', ');
}

/**
 * Refused clusters grouped by the same reasons, most frequent first: one sentence, or none.
 *
 * @param most - reasons that are said; the others are counted
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
  { key, operator, wanted, actual, predicate }: Facts,
): string {
  const needed = list(wanted, 'or');
  const has =
    actual === undefined ? `has no ${kind} ${key}` : `has ${key} ${actual}`;
  const among = nameAlternative(predicate);
  switch (operator) {
    case 'In':
      // What an environment is called says it without its key.
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

function nameAlternative(predicate: Facts[string] | undefined): string {
  return predicate === undefined ? '' : ` (alternative ${predicate})`;
}

function describeWait(because: Facts[string], facts: Facts): string {
  if (because === 'draining') return 'It is being drained';
  if (because === 'expression')
    return `It cannot be judged, as the expression ${facts.expression} fails on it: ${facts.why}`;
  return noContact(facts);
}

/** Says when it was, not how long ago: a decision is read later than it was made. */
function noContact({ observedAt }: Facts): string {
  return observedAt === undefined
    ? 'Never in contact yet'
    : `No contact since ${describeInstant(String(observedAt))}`;
}

function nameTaint(key: Facts[string], value: Facts[string]): string {
  return value === '' ? String(key) : `${key}=${value}`;
}

function list(
  value: Facts[string] | undefined,
  word: 'and' | 'or' = 'and',
): string {
  if (!Array.isArray(value)) return String(value ?? '');
  return value.length > 0 ? listOf(value, value.length, word) : '';
}

const SHARED_BY: Record<string, string> = {
  static: 'by its weight',
  dynamic: 'by the room it has',
  aggregated: 'as few clusters with room for them are taken',
};

/** Which copies stay, and by what the others came. */
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

/** `0.5 CPU free, 1 CPU needed`, with as many decimals as it takes to see the difference. */
function describeShortage({ resource, free, needed, kept }: Facts): string {
  const name = String(resource);
  const left = Math.max(0, Number(free));
  if (name === 'pods')
    return `${left}${kept ? '' : ' more'} ${pluralOf(
      left,
      'instance',
    )} ${pluralOf(left, 'fits', 'fit')}, ${needed} needed`;
  const [some, all] = describeTwoAmounts(name, [left, Number(needed)]);
  return `${some}${nounOf(name)}${kept ? '' : ' free'}, ${all} needed`;
}

function describeNodeShortage({ resource, largest, needed }: Facts): string {
  const name = String(resource);
  const [has, needs] = describeTwoAmounts(name, [
    Number(largest),
    Number(needed),
  ]);
  return `the largest has ${has}${nounOf(name)}, one instance needs ${needs}`;
}

function describeAmounts(facts: Facts): string {
  const amounts = Object.entries(facts).map(([resource, amount]) =>
    resource === 'pods'
      ? `places for ${countOf(Number(amount), 'instance')}`
      : `${describeAmount(resource, Number(amount))}${nounOf(resource)}`,
  );
  return listOf(amounts, amounts.length);
}

/** What an amount does not say of itself. */
function nounOf(resource: string): string {
  if (resource === 'memoryBytes') return ' of memory';
  if (resource === 'ephemeralStorageBytes') return ' of disk';
  return resource === 'cpuMillicores' ? '' : ` of ${resource}`;
}
