import { type Fields, listAt, textAt, timeAt } from './fields';

/** One entry of `status.conditions`. */
export interface Condition {
  type: string;
  /** `True`, `False`, `Unknown`, or any other text that the cluster reports. */
  status: string;
  reason: string;
  message: string;
  readonly since?: Date;
}

/** Returns the conditions of an object, in its order. */
export function readConditions(object: unknown): Condition[] {
  return listAt(object, 'status', 'conditions').map(toCondition);
}

/** Returns the condition of a type, or undefined. */
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
      return timeAt(condition, 'lastTransitionTime'); // on demand: it costs more than all other fields
    },
  };
}
