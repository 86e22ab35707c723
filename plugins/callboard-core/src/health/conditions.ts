import { listAt, textAt, timeAt } from './fields';

/** One entry of `status.conditions`. */
export interface Condition {
  type: string;
  /** `True`, `False`, `Unknown`, or whatever the cluster says. */
  status: string;
  reason: string;
  message: string;
  since?: Date;
}

/** Conditions of an object, in its order. */
export function readConditions(object: unknown): Condition[] {
  return listAt(object, 'status', 'conditions').map(condition => ({
    type: textAt(condition, 'type') ?? '',
    status: textAt(condition, 'status') ?? '',
    reason: textAt(condition, 'reason') ?? '',
    message: textAt(condition, 'message') ?? '',
    since: timeAt(condition, 'lastTransitionTime'),
  }));
}

/** The condition of a type, where there is one. */
export function findCondition(
  object: unknown,
  type: string,
): Condition | undefined {
  return readConditions(object).find(condition => condition.type === type);
}
