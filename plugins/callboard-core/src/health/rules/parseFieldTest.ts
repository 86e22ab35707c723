import { valueAtPath } from '../fields';
import { PATH_PATTERN, parsePath } from './parsePath';
import type { HealthTest } from './types';
import { wordOf } from './wordOf';

const PATTERN = new RegExp(
  `^(${PATH_PATTERN}|\\.)(?:(=|!=|\\^=|\\$=)(.+)| (whole))?$`,
);
const IS_PATH = new RegExp(`^${PATH_PATTERN}$`);

/** Parses `.status.phase=Running|Done` and similar; undefined for any other text. */
export function parseFieldTest(text: string): HealthTest | undefined {
  const match = PATTERN.exec(text);
  if (!match) return undefined;
  const [, pathText, operator, wanted, whole] = match;
  const path = parsePath(pathText);
  if (whole)
    return ({ value }) => (isWhole(valueAtPath(value, path)) ? {} : undefined);
  if (operator === undefined) {
    return ({ value }) => (isThere(valueAtPath(value, path)) ? {} : undefined);
  }
  if (IS_PATH.test(wanted))
    return compareFields(path, parsePath(wanted), operator);
  return compareText(path, wanted.split('|'), operator);
}

function compareFields(
  left: string[],
  right: string[],
  operator: string,
): HealthTest {
  return ({ value }) => {
    const isEqual =
      JSON.stringify(valueAtPath(value, left)) ===
      JSON.stringify(valueAtPath(value, right));
    return isEqual === (operator === '=') ? {} : undefined;
  };
}

function compareText(
  path: string[],
  wanted: string[],
  operator: string,
): HealthTest {
  return ({ value }) => {
    const found = valueAtPath(value, path);
    const text = isThere(found) ? wordOf(found) : '';
    const holds = compareWords(text, wanted, operator);
    return holds
      ? { ...(/^[A-Za-z][\w]{0,60}$/.test(text) && { reason: text }) }
      : undefined;
  };
}

function compareWords(
  text: string,
  wanted: readonly string[],
  operator: string,
): boolean {
  switch (operator) {
    case '^=':
      return wanted.some(begin => text.startsWith(begin));
    case '$=':
      return wanted.some(end => text.endsWith(end));
    default:
      return wanted.includes(text) === (operator === '=');
  }
}

function isThere(value: unknown): boolean {
  return (
    value !== undefined &&
    value !== null &&
    value !== '' &&
    !(Array.isArray(value) && value.length === 0)
  );
}

/** `3/3` is whole; `0/0` and `2/3` are not. */
function isWhole(value: unknown): boolean {
  const [, ready, all] = /^(\d{1,9})\/(\d{1,9})$/.exec(wordOf(value)) ?? [];
  return ready !== undefined && ready === all && Number(all) > 0;
}
