/** Local date and time; January is 1. */
export interface WallTime {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
}

const MOST_ZONES = 1_000; // more than there are time zones
const formats = new Map<string, Intl.DateTimeFormat>();

/** Returns the local time of the time zone at an instant. */
export function readWallTime(ms: number, timeZone: string): WallTime {
  if (timeZone === 'UTC') return readUtc(ms);
  const shown = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(ms)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year, month, day, hour, minute } = shown;
  return { year, month, day, hour, minute };
}

/** Returns whether there is a time zone of that name; an offset from UTC is not one. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  // The list of supported names leaves out aliases, so a formatter is tried.
  try {
    return formatOf(name) !== undefined;
  } catch {
    return false;
  }
}

function readUtc(ms: number): WallTime {
  const at = new Date(ms);
  return {
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    day: at.getUTCDate(),
    hour: at.getUTCHours(),
    minute: at.getUTCMinutes(),
  };
}

/** Creating one takes a hundred times as long as using it. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  if (formats.size < MOST_ZONES) formats.set(timeZone, format);
  return format;
}
