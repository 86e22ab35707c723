import { type Fields, listAt, textAt, timeAt } from './fields';

/** One entry of `status.conditions`. */
export interface Condition {
  type: string;
  /** `True`, `False`, `Unknown`, or whatever the cluster says. */
  status: string;
  reason: string;
  message: string;
  readonly since?: Date;
}

/** Conditions of an object, in its order. */
export function readConditions(object: unknown): Condition[] {
  return listAt(object, 'status', 'conditions').map(toCondition);
}

/** The condition of a type, where there is one. */
export function findCondition(
  object: unknown,
  type: string,
): Condition | undefined {
  const found = listAt(object, 'status', 'conditions').find(
    condition => condition.type === type,
  );
  return found && toCondition(found);
}

function toCondition(condition: Fields): Condition {
  return {
    type: textAt(condition, 'type') ?? '',
    status: textAt(condition, 'status') ?? '',
    reason: textAt(condition, 'reason') ?? '',
    message: textAt(condition, 'message') ?? '',
    get since() {
      return timeAt(condition, 'lastTransitionTime'); // few ask, and it costs more than all the rest
    },
  };
}
