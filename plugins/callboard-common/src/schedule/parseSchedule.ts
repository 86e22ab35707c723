/** A schedule in the calendar of one time zone. */
export interface Schedule {
  minutes: ReadonlySet<number>;
  hours: ReadonlySet<number>;
  daysOfMonth: ReadonlySet<number>;
  months: ReadonlySet<number>;
  /** Sunday is 0. */
  daysOfWeek: ReadonlySet<number>;
  /** True where a day must be in both lists: one of them was written as `*`, and holds every day. */
  needsBothDays: boolean;
}

interface Field {
  least: number;
  most: number;
  names?: readonly string[];
}

const MINUTE: Field = { least: 0, most: 59 };
const HOUR: Field = { least: 0, most: 23 };
const DAY_OF_MONTH: Field = { least: 1, most: 31 };
const MONTH: Field = {
  least: 1,
  most: 12,
  names: 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' '),
};
/** Seven is not Sunday here: a cluster refuses it. */
const DAY_OF_WEEK: Field = {
  least: 0,
  most: 6,
  names: 'sun mon tue wed thu fri sat'.split(' '),
};

const DESCRIPTORS: ReadonlyMap<string, string> = new Map([
  ['@yearly', '0 0 1 1 *'],
  ['@annually', '0 0 1 1 *'],
  ['@monthly', '0 0 1 * *'],
  ['@weekly', '0 0 * * 0'],
  ['@daily', '0 0 * * *'],
  ['@midnight', '0 0 * * *'],
  ['@hourly', '0 * * * *'],
]);

const MAX_TEXT = 1_000;

/**
 * Parses a schedule as the controller of CronJobs does: five fields, or a
 * descriptor such as `@daily`. `@every` is not supported: it does not refer to
 * a calendar.
 *
 * @returns undefined where the text is not a schedule
 * @remarks Source: github.com/robfig/cron v3, ParseStandard, which Kubernetes
 *   uses.
 */
export function parseSchedule(text: string): Schedule | undefined {
  if (text.length > MAX_TEXT) return undefined;
  const words = (DESCRIPTORS.get(text.trim()) ?? text).trim().split(/\s+/);
  if (words.length !== 5) return undefined;
  const [minute, hour, dayOfMonth, month, dayOfWeek] = words;
  const minutes = parseField(minute, MINUTE);
  const hours = parseField(hour, HOUR);
  const daysOfMonth = parseField(dayOfMonth, DAY_OF_MONTH);
  const months = parseField(month, MONTH);
  const daysOfWeek = parseField(dayOfWeek, DAY_OF_WEEK);
  if (!minutes || !hours || !daysOfMonth || !months || !daysOfWeek)
    return undefined;
  return {
    minutes,
    hours,
    daysOfMonth,
    months,
    daysOfWeek,
    needsBothDays: isEvery(dayOfMonth) || isEvery(dayOfWeek),
  };
}

function parseField(text: string, field: Field): Set<number> | undefined {
  const numbers = new Set<number>();
  for (const part of text.split(',')) {
    const range = parseRange(part, field);
    if (!range) return undefined;
    for (let each = range.from; each <= range.to; each += range.step)
      numbers.add(each);
  }
  return numbers;
}

/** `4`, `4-8`, `4-8/2`, `4/2` (up to the most), `*` with or without a step, and names for numbers. */
function parseRange(
  text: string,
  field: Field,
): { from: number; to: number; step: number } | undefined {
  const [bounds, steps, ...more] = text.split('/');
  const [low, high, ...further] = bounds.split('-');
  if (more.length > 0 || further.length > 0) return undefined;
  const step = steps === undefined ? 1 : parseNumber(steps);
  if (step === undefined || step === 0) return undefined;
  if (low === '*' || low === '?')
    return high === undefined
      ? { from: field.least, to: field.most, step }
      : undefined;
  const from = parseValue(low, field);
  const last = steps === undefined ? from : field.most;
  const to = high === undefined ? last : parseValue(high, field);
  if (from === undefined || to === undefined) return undefined;
  const isInside = from >= field.least && to <= field.most && from <= to;
  return isInside ? { from, to, step } : undefined;
}

function parseValue(text: string, { least, names }: Field): number | undefined {
  const at = names?.indexOf(text.toLowerCase()) ?? -1;
  return at >= 0 ? at + least : parseNumber(text);
}

function parseNumber(text: string): number | undefined {
  return /^\d{1,4}$/.test(text) ? Number(text) : undefined;
}

/** A star with a step restricts the days, one without does not. */
function isEvery(text: string): boolean {
  return text.split(',').some(part => /^[*?](?:\/0*1)?$/.test(part));
}
