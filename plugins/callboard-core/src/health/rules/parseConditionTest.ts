import { type Fields, textAt } from '../fields';
import type { HealthTest, TestMatch } from './types';
import { wordOf } from './wordOf';

const PATTERN =
  /^(last:)?([A-Za-z][\w./-]*|\*)(?:(=|!=)([\w|]+))?(?:\((not )?([\w |.-]+)\))?$/;

/** Parses `Ready=False(Failed|Error)` and similar; undefined for any other text. */
export function parseConditionTest(text: string): HealthTest | undefined {
  const match = PATTERN.exec(text);
  if (!match) return undefined;
  const [, last, type, operator, states, notReason, reasons] = match;
  const wanted = states?.split('|');
  const named = reasons?.split('|');
  const isWanted = (condition: Fields): boolean => {
    if (type !== '*' && condition.type !== type) return false;
    const hasState =
      wanted === undefined ||
      wanted.includes(wordOf(condition.status)) === (operator === '=');
    const hasReason =
      named === undefined ||
      named.includes(textAt(condition, 'reason') ?? '') !== Boolean(notReason);
    return hasState && hasReason;
  };
  return ({ conditions }) => {
    const found = last
      ? conditions.slice(-1).find(isWanted)
      : conditions.find(isWanted);
    return found && describe(found);
  };
}

function describe(condition: Fields): TestMatch {
  const reason = textAt(condition, 'reason') || textAt(condition, 'type');
  const message = textAt(condition, 'message');
  return { ...(reason && { reason }), ...(message && { message }) };
}
