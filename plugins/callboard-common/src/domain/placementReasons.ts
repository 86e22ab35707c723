/** Type of a fact; with `?` it may be absent. */
type FactKind = 'text' | 'number' | 'flag' | 'texts';
type FactTable = Readonly<Record<string, FactKind | `${FactKind}?`>>;

interface FactValues {
  text: string;
  number: number;
  flag: boolean;
  texts: string[];
}

type FactsOf<T extends FactTable> = {
  -readonly [K in keyof T as T[K] extends FactKind
    ? K
    : never]: T[K] extends FactKind ? FactValues[T[K]] : never;
} & {
  -readonly [K in keyof T as T[K] extends FactKind
    ? never
    : K]?: T[K] extends `${infer Kind extends FactKind}?`
    ? FactValues[Kind]
    : never;
};

type Coded<T extends Readonly<Record<string, FactTable>>> = {
  [R in keyof T]: { rule: R; facts: FactsOf<T[R]> };
}[keyof T];

const SILENCE = {
  freshness: 'text',
  observedAt: 'text?',
  silentSeconds: 'number?',
  failoverAfterSeconds: 'number?',
} as const;

const REQUIREMENT = {
  key: 'text',
  operator: 'text',
  wanted: 'texts',
  actual: 'text?',
  predicate: 'number?',
} as const;

const TAINT = { key: 'text', value: 'text', effect: 'text' } as const;

const AMOUNTS = {
  cpuMillicores: 'number?',
  memoryBytes: 'number?',
  pods: 'number?',
  ephemeralStorageBytes: 'number?',
} as const;

/** Every reason of a rule, with facts of the judged value. */
const REASONS = {
  'not-deleting': {},
  'not-cordoned': {},
  'not-draining': {},
  'has-capacity': {
    resource: 'text',
    needed: 'number',
    free: 'number?',
    largest: 'number?',
    kept: 'flag?',
  },
  'stays-on-cordoned': {},
  'in-cluster-set': { actual: 'texts', wanted: 'texts' },
  'required-labels': REQUIREMENT,
  'required-claims': REQUIREMENT,
  'required-expression': {
    expression: 'text',
    outcome: 'text',
    why: 'text?',
    predicate: 'number?',
  },
  'runs-blueprint': {
    required: 'text',
    actual: 'text',
    unknown: 'text?',
    kept: 'flag',
  },
  'keeps-guard-rails': { blueprint: 'text', kept: 'texts', broken: 'texts' },
  /** Refused by a rule that a module added. */
  'of-modules': { name: 'text', why: 'text', next: 'text?' },
  'tolerates-taints': TAINT,
  'tolerates-taint': TAINT,
  reachable: SILENCE,
  'unreachable-tolerated': SILENCE,
  'stays-until-replaced': {
    because: 'text',
    expression: 'text?',
    outcome: 'text?',
    why: 'text?',
    predicate: 'number?',
    freshness: 'text?',
    observedAt: 'text?',
    silentSeconds: 'number?',
    failoverAfterSeconds: 'number?',
  },
  'failback-hold': {},
  'comes-back': {},
  'stay-put': {},
  spread: { topologyKey: 'text', domain: 'text' },
  'keeps-spread': {
    topologyKey: 'text',
    domain: 'text',
    maxSkew: 'number',
    skew: 'number?',
  },
  'number-of-clusters': { wanted: 'number', score: 'number' },
  fits: {},
  score: { prioritizer: 'text', score: 'number', weight: 'number' },
  'matches-affinity': { part: 'text', affinity: 'text?' },
  'serves-api': { apiVersion: 'text', kind: 'text' },
  'has-field': { field: 'text' },
  'too-few-replicas': { wanted: 'number', found: 'number' },
  'shares-replicas': {
    replicas: 'number',
    of: 'number',
    kept: 'number',
    by: 'text',
  },
  'no-replicas': { capacity: 'number?', by: 'text?' },
  'not-selected': { capacity: 'number?' },
  replicas: { replicas: 'number', capacity: 'number' },
  'scaled-down': { replicas: 'number' },
  unschedulable: { why: 'text' },
  'affinity-taken': { affinity: 'text' },
  misconfigured: { why: 'text', next: 'text?', kept: 'flag?' },
  'stays-undecided': { why: 'text' },
  'ignored-field': { field: 'text' },
  'too-few-clusters': { wanted: 'number', found: 'number' },
  'spread-not-kept': {
    topologyKey: 'text',
    skew: 'number',
    maxSkew: 'number',
  },
  /** A reason recorded by a version whose codes are not known here. */
  unrecognized: { rule: 'text' },
} as const satisfies Readonly<Record<string, FactTable>>;

/** Every change that a remedy may suggest. */
const CHANGES = {
  'set-label': { key: 'text', value: 'text' },
  'remove-label': { key: 'text' },
  'set-claim': { key: 'text', value: 'text' },
  'remove-claim': { key: 'text' },
  'join-cluster-set': { set: 'text' },
  'stop-draining': {},
  'free-capacity': AMOUNTS,
  'add-node': AMOUNTS,
  uncordon: {},
  reconnect: {},
  'run-blueprint': { blueprint: 'text' },
  'require-blueprint': { blueprint: 'text' },
  'keep-guard-rails': { blueprint: 'text', next: 'text' },
  tolerate: { key: 'text' },
  'serve-api': { apiVersion: 'text', kind: 'text' },
  'set-field': { field: 'text' },
  'no-longer-exclude': { cluster: 'text' },
  'name-cluster': { cluster: 'text' },
  'drop-field-selector': {},
  'drop-expression': { expression: 'text', predicate: 'number' },
  'mend-placement': { next: 'text' },
  'raise-max-skew': { topologyKey: 'text', maxSkew: 'number' },
  unrecognized: { rule: 'text' },
} as const satisfies Readonly<Record<string, FactTable>>;

/** Reason of a rule. Data; `describePlacementReason` in core writes the sentence. Facts come from the judged value. */
export type PlacementReason = Coded<typeof REASONS>;

/** The reason of one rule. */
export type PlacementReasonOf<R extends PlacementReason['rule']> = Extract<
  PlacementReason,
  { rule: R }
>;

/** One change that would admit a cluster. */
export type PlacementChange = Coded<typeof CHANGES>;

/** The change of one kind. */
export type PlacementChangeOf<R extends PlacementChange['rule']> = Extract<
  PlacementChange,
  { rule: R }
>;

/** The smallest change that would admit a cluster, with the changes needed together with it. */
export type PlacementRemedy = PlacementChange & { and?: PlacementChange[] };

/** One fact of a rule, for validation. */
interface Fact {
  name: string;
  kind: string;
  isOptional: boolean;
}

/** Decisions are read often, and hold a reason for every cluster. */
function compile(
  tables: Readonly<Record<string, FactTable>>,
): ReadonlyMap<string, readonly Fact[]> {
  return new Map(
    Object.entries(tables).map(([rule, table]) => [
      rule,
      Object.entries(table).map(([name, kind]) => ({
        name,
        kind: kind.replace('?', ''),
        isOptional: kind.endsWith('?'),
      })),
    ]),
  );
}

const REASON_FACTS = compile(REASONS);
const CHANGE_FACTS = compile(CHANGES);

/**
 * Reads a recorded reason, of this version or another.
 *
 * @returns `unrecognized` where its code is not known here
 */
export function readPlacementReason(written: unknown): PlacementReason {
  return isCoded<PlacementReason>(written, REASON_FACTS)
    ? written
    : { rule: 'unrecognized', facts: { rule: ruleOf(written) } };
}

/** Reads a recorded remedy. */
export function readPlacementRemedy(written: unknown): PlacementRemedy {
  const and: unknown =
    typeof written === 'object' && written !== null && 'and' in written
      ? written.and
      : undefined;
  return {
    ...readChange(written),
    ...(Array.isArray(and) && { and: and.map(readChange) }),
  };
}

function readChange(written: unknown): PlacementChange {
  return isCoded<PlacementChange>(written, CHANGE_FACTS)
    ? written
    : { rule: 'unrecognized', facts: { rule: ruleOf(written) } };
}

function isCoded<T extends { rule: string }>(
  written: unknown,
  rules: ReadonlyMap<string, readonly Fact[]>,
): written is T {
  const known = rules.get(ruleOf(written));
  const { facts } = (written ?? {}) as { facts?: unknown };
  return (
    known !== undefined &&
    typeof facts === 'object' &&
    facts !== null &&
    known.every(fact => isFact((facts as Fields)[fact.name], fact))
  );
}

type Fields = Readonly<Record<string, unknown>>;

function isFact(value: unknown, { kind, isOptional }: Fact): boolean {
  if (value === undefined) return isOptional;
  switch (kind) {
    case 'text':
      return typeof value === 'string';
    case 'number':
      return typeof value === 'number';
    case 'flag':
      return typeof value === 'boolean';
    default:
      return (
        Array.isArray(value) && value.every(each => typeof each === 'string')
      );
  }
}

function ruleOf(written: unknown): string {
  return typeof written === 'object' &&
    written !== null &&
    'rule' in written &&
    typeof written.rule === 'string'
    ? written.rule
    : 'nothing known';
}
