import type { Problem } from '@callboard/plugin-callboard-common';
import type { KubeStatus } from './KubeStatus';

/** A field that somebody else writes with another value. */
export interface FieldConflict {
  /** As Kubernetes writes it: `.spec.replicas`. */
  field: string;
  /** Field manager that has it. */
  manager: string;
}

/** The problem `object-conflict` of an apply, with the fields it is about. */
export interface ConflictProblem extends Problem {
  conflicts: FieldConflict[];
}

/** Fields that a refused apply was about; empty for any other problem. */
export function conflictsOf(problem: Problem): FieldConflict[] {
  return 'conflicts' in problem ? (problem as ConflictProblem).conflicts : [];
}

/** Reads the conflicts out of a status. Source: kubernetes/apimachinery, `FieldManagerConflict` causes. */
export function readConflicts(status: KubeStatus): FieldConflict[] {
  return status.causes
    .filter(cause => cause.reason === 'FieldManagerConflict')
    .map(cause => ({
      field: cause.field,
      manager: /^conflict with "([^"]*)"/.exec(cause.message)?.[1] ?? '',
    }));
}
