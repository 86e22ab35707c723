import type { Problem } from '@callboard/plugin-callboard-common';
import type { KubeStatus } from './KubeStatus';

/** A field to which another manager gives another value. */
export interface FieldConflict {
  /** In the notation of Kubernetes: `.spec.replicas`. */
  field: string;
  /** Field manager that owns it. */
  manager: string;
}

/** The problem `object-conflict` of an apply, with the conflicting fields. */
export interface ConflictProblem extends Problem {
  conflicts: FieldConflict[];
}

/** Returns the conflicting fields of a refused apply; empty for any other problem. */
export function conflictsOf(problem: Problem): FieldConflict[] {
  return 'conflicts' in problem ? (problem as ConflictProblem).conflicts : [];
}

/** Reads the conflicts from a status. Source: kubernetes/apimachinery, `FieldManagerConflict` causes. */
export function readConflicts(status: KubeStatus): FieldConflict[] {
  return status.causes
    .filter(cause => cause.reason === 'FieldManagerConflict')
    .map(cause => ({
      field: cause.field,
      manager: /^conflict with "([^"]*)"/.exec(cause.message)?.[1] ?? '',
    }));
}
