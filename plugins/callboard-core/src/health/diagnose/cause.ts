import type { FindingEvidence } from '@callboard/plugin-callboard-common';

/** The kind of a probe. */
export type CheckName = 'readiness' | 'liveness' | 'startup';

/** Result of a check. */
export type CheckAnswer =
  | { kind: 'status'; status: number }
  | { kind: 'refused'; address: string }
  | { kind: 'timeout' }
  | { kind: 'command'; output: string }
  | { kind: 'command-missing' }
  | { kind: 'other'; message: string };

/** Why something is wrong. Each member holds the observed facts; `describeCause` makes the words. */
export type Cause =
  | { code: 'node-lost'; node: string }
  | { code: 'evicted'; says: string }
  | {
      code: 'quota-exceeded';
      quota: string;
      requested: string;
      used: string;
      limited: string;
    }
  | { code: 'admission-refused'; rule?: string; says: string }
  | { code: 'instances-refused'; says: string }
  | {
      code: 'insufficient-resources';
      shortOf: ShortResource[];
      nodes: number;
      says: string;
    }
  | {
      code: 'no-fitting-node';
      nodes: number;
      because: UnfitReason;
      says: string;
    }
  | { code: 'volume-not-ready'; says: string }
  | { code: 'image-name-invalid'; image: string }
  | { code: 'image-not-found'; image: string; registry: string }
  | {
      code: 'registry-credentials';
      image: string;
      registry: string;
      isCertain: boolean;
    }
  | {
      code: 'registry-unreachable';
      image: string;
      registry: string;
      says: string;
    }
  | { code: 'image-not-fetched'; image: string; says: string }
  | { code: 'missing-object'; what: 'secret' | 'configuration'; name: string }
  | {
      code: 'missing-key';
      what: 'secret' | 'configuration';
      name: string;
      key: string;
    }
  | { code: 'configuration-invalid'; says: string }
  | {
      code: 'start-failed';
      program?: string;
      because: 'missing' | 'not-allowed' | 'other';
      says: string;
    }
  | {
      code: 'out-of-memory';
      limitBytes?: number;
      peakBytes?: number;
      times: number;
    }
  | {
      code: 'crashed-at-start';
      ending: EndingFacts;
      times: number;
      isBeforeStart: boolean;
    }
  | {
      code: 'crashed';
      ending: EndingFacts;
      times: number;
      ranMs?: number;
      isBeforeStart: boolean;
    }
  | { code: 'ended-by-itself'; times: number }
  | {
      code: 'bad-port';
      check: CheckName;
      port: string;
      /** Port on which it listens instead, according to its output. */
      listensOn?: string;
      restarts: number;
    }
  | {
      code: 'probe-failed';
      check: CheckName;
      target: string;
      answer: CheckAnswer;
      restarts: number;
    }
  | {
      code: 'job-failed';
      task: string;
      tries?: number;
      exitCode?: number;
      because: 'too-often' | 'too-long' | 'other';
      says: string;
    }
  | { code: 'ignores-stop'; graceSeconds: number }
  | {
      code: 'stuck-rollout';
      ready: number;
      wanted: number;
      deadlineSeconds: number;
    };

/** Reason that keeps an instance off nodes with free capacity. */
export type UnfitReason =
  | 'wants-its-own'
  | 'port-taken'
  | 'wants-a-label'
  | 'reserved'
  | 'closed'
  | 'other';

export interface EndingFacts {
  exitCode: number;
  signal?: string;
  /** Message of the cluster or of the program's termination message beyond the exit code. */
  says?: string;
}

/** A resource of which no node has enough. `requested` is written as in the file. */
export interface ShortResource {
  resource: string;
  requested?: string;
  /** The largest amount that is free on one node, where the nodes are known. */
  largestFree?: string;
}

/** A cause, with the place and the time since which it was observed. */
export interface Occurrence {
  cause: Cause;
  workload?: string;
  instance?: string;
  /** Only where the instance has several containers. */
  container?: string;
  since?: Date;
  /** Whether the output is part of the evidence. */
  withOutput: boolean;
  isCertain: boolean;
  /** Whether waiting longer cannot resolve it: only another release, or a person, can. */
  isConclusive?: boolean;
}

/** Total by type. In order of depth: a cause explains those below it. */
const CAUSES_BY_DEPTH: Readonly<Record<Cause['code'], true>> = {
  'node-lost': true,
  evicted: true,
  'quota-exceeded': true,
  'admission-refused': true,
  'instances-refused': true,
  'insufficient-resources': true,
  'no-fitting-node': true,
  'volume-not-ready': true,
  'image-name-invalid': true,
  'image-not-found': true,
  'registry-credentials': true,
  'registry-unreachable': true,
  'image-not-fetched': true,
  'missing-object': true,
  'missing-key': true,
  'configuration-invalid': true,
  'start-failed': true,
  'out-of-memory': true,
  'crashed-at-start': true,
  crashed: true,
  'ended-by-itself': true,
  'bad-port': true,
  'probe-failed': true,
  'job-failed': true,
  'ignores-stop': true,
  'stuck-rollout': true,
};

export const CAUSE_ORDER = Object.keys(CAUSES_BY_DEPTH) as Array<Cause['code']>;

/** A cause in words. No Kubernetes nouns, no full stop. */
export interface CauseWords {
  /** Visible effect, with app and place: `shop cannot start in Development`. */
  effect: string;
  /** Cause, where known: `the image "shop:2" does not exist`. */
  cause?: string;
  evidence: FindingEvidence[];
  next: string;
}
