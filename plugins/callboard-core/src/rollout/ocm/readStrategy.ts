import {
  type Problem,
  type Result,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import { parsePercent } from '../../quantity';
import { parseGoDuration } from '../../time';
import type { MandatoryReference, Size, Strategy } from './types';

/** The engine only checks the beginning; the rest is left to the parser of durations. */
const DEADLINE = /^[0-9]+[hms|]/;

/**
 * Parses a rollout strategy as Open Cluster Management 1.0 does. Omitted fields
 * have their default; an invalid field is a problem, because nothing may be
 * rolled out then.
 */
export function readStrategy(value: unknown): Result<Strategy> {
  const strategy = fieldsOf(value ?? {});
  const unreadable = refuseUnreadable(value);
  if (unreadable) return unreadable;
  const isWritten = typeof (value ?? {}) === 'object';
  // The CRD of the engine defaults the type.
  const type: unknown = strategy.type ?? (isWritten ? 'All' : undefined);
  switch (type) {
    case 'All':
      return readParts(type, fieldsOf(strategy.all));
    case 'Progressive':
      return readParts(type, fieldsOf(strategy.progressive));
    case 'ProgressivePerGroup':
      return readParts(type, fieldsOf(strategy.progressivePerGroup));
    default:
      return refuse(
        `${excerptOf(type)} is not a type of rollout`,
        'Use All, Progressive or ProgressivePerGroup',
      );
  }
}

const SECTIONS = ['all', 'progressive', 'progressivePerGroup'];

/**
 * Returns why the engine could not decode the strategy at all: it decodes the
 * sections of other types too, as far as their fields are typed.
 */
export function refuseUnreadable(
  strategy: unknown,
): { ok: false; problem: Problem } | undefined {
  for (const section of SECTIONS) {
    const { minSuccessTime, maxFailures, maxConcurrency } = fieldsOf(
      fieldsOf(strategy)[section],
    );
    const soak = readMinSuccess(minSuccessTime);
    if (!soak.ok) return soak;
    for (const [name, size] of Object.entries({ maxFailures, maxConcurrency }))
      if (!isSize(size)) return refuseSize(name, size);
  }
  return undefined;
}

/** A whole number or a text; whether the text is a percentage is checked where it is used. */
function isSize(value: unknown): boolean {
  return (
    (value ?? undefined) === undefined ||
    typeof value === 'string' ||
    Number.isInteger(value)
  );
}

function readParts(
  type: Strategy['type'],
  fields: Record<string, unknown>,
): Result<Strategy> {
  const deadline = readDeadline(fields.progressDeadline);
  if (!deadline.ok) return deadline;
  const minSuccess =
    type === 'All' ? ok(0) : readMinSuccess(fields.minSuccessTime);
  if (!minSuccess.ok) return minSuccess;
  const maxFailures = readSize(
    'maxFailures',
    type === 'All' ? '100%' : fields.maxFailures,
  );
  if (!maxFailures.ok) return maxFailures;
  const maxConcurrency = readSize(
    'maxConcurrency',
    type === 'Progressive' ? fields.maxConcurrency : '100%',
  );
  if (!maxConcurrency.ok) return maxConcurrency;
  return ok({
    type,
    minSuccessMs: minSuccess.value,
    ...(deadline.value !== undefined && { deadlineMs: deadline.value }),
    maxFailures: maxFailures.value,
    maxConcurrency: maxConcurrency.value,
    mandatory:
      type === 'All' ? [] : readMandatory(fields.mandatoryDecisionGroups),
  });
}

function readDeadline(value: unknown): Result<number | undefined> {
  if (value === undefined || value === null || value === '' || value === 'None')
    return ok(undefined);
  const duration =
    typeof value === 'string' && DEADLINE.test(value)
      ? millisecondsOf(value)
      : undefined;
  if (duration === undefined) {
    return refuse(
      `progressDeadline ${excerptOf(value)} is not a duration`,
      'Write it like 10m, 1h30m or None',
    );
  }
  return ok(duration);
}

function millisecondsOf(text: string): number | undefined {
  const nanos = parseGoDuration(text);
  return nanos === undefined
    ? undefined
    : Number(nanos / 1_000_000n) + Number(nanos % 1_000_000n) / 1e6;
}

function readMinSuccess(value: unknown): Result<number> {
  if (value === undefined || value === null) return ok(0);
  const duration =
    typeof value === 'string' ? millisecondsOf(value) : undefined;
  return duration === undefined
    ? refuse(
        `minSuccessTime ${excerptOf(value)} is not a duration`,
        'Write it like 5m or 1h30m',
      )
    : ok(duration);
}

/** Absent is 0, which means the default of that limit. */
function readSize(name: string, value: unknown): Result<Size> {
  if (value === undefined || value === null)
    return ok({ kind: 'count', count: 0 });
  if (typeof value === 'number' && Number.isInteger(value))
    return ok({ kind: 'count', count: value });
  const percent = typeof value === 'string' ? parsePercent(value) : undefined;
  return percent === undefined
    ? refuseSize(name, value)
    : ok({ kind: 'percent', percent });
}

function refuseSize(
  name: string,
  value: unknown,
): { ok: false; problem: Problem } {
  return refuse(
    `${name} ${excerptOf(value)} is neither a number nor a percentage`,
    'Write it like 3 or 25%',
  );
}

/** An empty reference is index 0, as in the engine. */
function readMandatory(value: unknown): MandatoryReference[] {
  return (Array.isArray(value) ? value : []).map(item => {
    const { groupName, groupIndex } = fieldsOf(item);
    return {
      name: typeof groupName === 'string' ? groupName : '',
      index: typeof groupIndex === 'number' ? groupIndex : 0,
    };
  });
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)
    : {};
}

/** JSON, shortened where it is long. */
function excerptOf(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

function refuse(why: string, next: string): { ok: false; problem: Problem } {
  return failed({
    code: 'rollout-misconfigured',
    what: 'Cannot roll out by this strategy',
    why,
    next,
    transient: false,
  });
}
