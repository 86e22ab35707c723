import type { Health } from '../domain';
import type { ItemList } from './types';

/** Whether an app runs where it should. Each verdict holds what is true in it; names are sorted. */
export type AuditVerdict =
  | { kind: 'compliant' }
  /** Certain: seen on clusters that are observed, or in the decision itself. */
  | {
      kind: 'wrong';
      missing: string[];
      extra: string[];
      /** Clusters of it that do not run the blueprint it requires. */
      wrongBlueprint: string[];
      /** Beside that, clusters that are not observed. */
      unknown: string[];
      /** Placed on fewer clusters than wanted. */
      short?: { wanted: number; chosen: number };
    }
  /** `since`: when the one was observed last that is silent longest; absent where one never was. */
  | { kind: 'unknown'; unknown: string[]; since?: string }
  /** It is not decided yet where its release runs. */
  | { kind: 'undecided' };

export interface AuditBlueprint {
  required: string;
  met: 'yes' | 'no' | 'unknown';
  /** Clusters that are known not to run it. */
  notOn: string[];
}

/** One environment of an app: where it should run, where it does, and how that is known. */
export interface AuditRow {
  app: string;
  title: string;
  owner: string;
  environment: string;
  environmentTitle: string;
  /** That shall run. */
  release: number;
  /** What answers where that one does not run yet: `release 1 still answers`. */
  serving?: string;
  /** How it is on all its clusters together; Unknown where they are not observed. */
  health: Health;
  verdict: AuditVerdict;
  /** The verdict in words, times in UTC. */
  explanation: string;
  decided: string[];
  /** Where it runs as last observed. */
  actual: string[];
  blueprint?: AuditBlueprint;
  /** When its placement was decided. */
  decidedAt?: string;
  /** When each of its clusters was observed last; null for never. */
  observed: Array<{ cluster: string; at: string | null }>;
}

/** Does every app run on all the right clusters, and only there? */
export interface Audit extends ItemList<AuditRow> {
  /** The instant it is about. */
  at: string;
  /** Of all rows, not only of this page; times in UTC. */
  sentence: string;
}
