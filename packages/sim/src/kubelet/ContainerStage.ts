/** The behaviour of a container whose image no runtime runs, as data. */
export interface ContainerStage {
  name: string;
  /** All given conditions must hold. */
  when: {
    /** Matches the whole image reference. */
    image?: RegExp;
    /** The pod's annotation `sim.callboard.dev/outcome` (or `trial/outcome`). */
    outcome?: string;
    /** The first word of args, else of command. */
    word?: string;
    /** Whether the pod belongs to a Job. */
    isOfJob?: boolean;
  };
  /** Among the matching stages with a weight, one is drawn by weight, if the first has one. */
  weight?: number;
  pullMs: Span;
  then:
    | { kind: 'runs' }
    | {
        kind: 'exits';
        afterMs: Span;
        code: number | 'argument';
        reason?: string;
        signal?: string;
      }
    | { kind: 'sickens'; afterMs: Span | 'argument' }
    | { kind: 'fails-to-pull'; message: string };
  /** Lines written at the start. */
  log?: readonly string[];
  /** Lines written before the exit. */
  lastWords?: readonly string[];
  /** Ignores SIGTERM; ends only when its grace period is over. */
  isStubborn?: boolean;
}

/** Minimum and maximum in milliseconds. */
export type Span = readonly [number, number];

export const OUTCOME_ANNOTATIONS = [
  'sim.callboard.dev/outcome',
  'trial/outcome',
] as const;

const PULL: Span = [150, 600];
const SOON: Span = [300, 700];

const crash: Pick<ContainerStage, 'pullMs' | 'then' | 'log' | 'lastWords'> = {
  pullMs: PULL,
  then: { kind: 'exits', afterMs: SOON, code: 1 },
  log: ['starting'],
  lastWords: ['Error: cannot start: this container was told to crash'],
};
const outOfMemory: Pick<ContainerStage, 'pullMs' | 'then' | 'log'> = {
  pullMs: PULL,
  then: {
    kind: 'exits',
    afterMs: [800, 1_500],
    code: 137,
    reason: 'OOMKilled',
    signal: 'SIGKILL',
  },
  log: ['starting', 'allocating'],
};
const noImage: Pick<ContainerStage, 'pullMs' | 'then'> = {
  pullMs: PULL,
  then: {
    kind: 'fails-to-pull',
    message:
      'failed to pull and unpack image: failed to resolve reference: not found',
  },
};
const TRIAL = /(^|\/)trial(:|@|$)/;

/**
 * The built-in stages, most specific first. An annotation precedes the image;
 * the image `trial` understands the first words of that program.
 */
export const STAGES: readonly ContainerStage[] = [
  { name: 'told-to-crash', when: { outcome: 'crash' }, ...crash },
  { name: 'told-to-eat', when: { outcome: 'oom' }, ...outOfMemory },
  { name: 'told-to-miss', when: { outcome: 'image' }, ...noImage },
  {
    name: 'told-to-sicken',
    when: { outcome: 'sick' },
    pullMs: PULL,
    then: { kind: 'sickens', afterMs: [0, 0] },
    log: ['starting'],
  },
  {
    name: 'trial-crash',
    when: { image: TRIAL, word: 'crash' },
    ...crash,
    then: { kind: 'exits', afterMs: SOON, code: 'argument' },
  },
  {
    name: 'trial-panic',
    when: { image: TRIAL, word: 'panic' },
    pullMs: PULL,
    then: { kind: 'exits', afterMs: SOON, code: 2 },
    lastWords: ['panic: told to panic', '', 'goroutine 1 [running]:'],
  },
  { name: 'trial-eat', when: { image: TRIAL, word: 'eat' }, ...outOfMemory },
  {
    name: 'trial-done',
    when: { image: TRIAL, word: 'done' },
    pullMs: PULL,
    then: { kind: 'exits', afterMs: [1_000, 1_000], code: 0 },
    lastWords: ['done'],
  },
  {
    name: 'trial-sick',
    when: { image: TRIAL, word: 'sick' },
    pullMs: PULL,
    then: { kind: 'sickens', afterMs: 'argument' },
  },
  {
    name: 'trial-stubborn',
    when: { image: TRIAL, word: 'stubborn' },
    pullMs: PULL,
    then: { kind: 'runs' },
    isStubborn: true,
  },
  { name: 'image-crash', when: { image: /[:/-]crash(\b|$)/ }, ...crash },
  { name: 'image-oom', when: { image: /[:/-]oom(\b|$)/ }, ...outOfMemory },
  {
    name: 'image-missing',
    when: { image: /[:/-](missing|not-found)(\b|$)/ },
    ...noImage,
  },
  {
    name: 'job',
    when: { isOfJob: true },
    pullMs: PULL,
    then: { kind: 'exits', afterMs: [800, 1_500], code: 0 },
    log: ['working'],
    lastWords: ['done'],
  },
  {
    name: 'runs',
    when: {},
    pullMs: PULL,
    then: { kind: 'runs' },
    log: ['started'],
  },
];
