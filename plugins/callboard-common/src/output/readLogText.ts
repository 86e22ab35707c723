import type { LogLevel } from '../api';
import { isRecord } from '../parse';
import { readLogLevel } from './LogLevel';

/** A parsed line of output. */
export interface LogText {
  /** The message, without the text of the fields. */
  message: string;
  /** Level in the line; undefined where it has none. */
  level?: LogLevel;
  /** Of a line that is a JSON object: its other members, objects as JSON, in their order. */
  fields: Array<{ name: string; value: string }>;
}

const LONGEST_JSON = 16 * 1024;
const MOST_FIELDS = 60;
const MESSAGES = ['message', 'msg', 'event', 'text'];
const LEVELS = ['level', 'severity', 'lvl', 'loglevel', 'log.level'];
const TIMES = new Set(['time', 'timestamp', 'ts', '@timestamp', 't']);

/** In capitals, in brackets or before a colon, after a time at most; or named: `07:00:01 WARN …`, `[error] …`, `Error: …`, `level=warn …`. */
const WRITTEN_LEVEL =
  /^[\s\d:.,TZ+/-]{0,40}(?:([A-Z]{3,11})(?=[\s|])|[[(<]?([A-Za-z]{3,11})(?=[\])>:]))|\blevel=["']?([A-Za-z]{3,11})\b/;

/**
 * Reads a line of output. Never throws: a line that is no JSON object is its own message.
 *
 * @param text - without its line feed; past 16 KiB it is not looked into
 */
export function readLogText(text: string): LogText {
  const members = readMembers(text);
  if (!members) return { message: text, level: levelIn(text), fields: [] };
  const messageName = MESSAGES.find(name => typeof members[name] === 'string');
  const levelName = LEVELS.find(
    name => readLogLevel(members[name]) !== undefined,
  );
  const fields = Object.entries(members)
    .filter(
      ([name]) =>
        name !== messageName && name !== levelName && !TIMES.has(name),
    )
    .slice(0, MOST_FIELDS)
    .map(([name, value]) => ({ name, value: writeValue(value) }));
  return {
    message: messageName === undefined ? '' : String(members[messageName]),
    level:
      levelName === undefined ? undefined : readLogLevel(members[levelName]),
    fields,
  };
}

function readMembers(text: string): Record<string, unknown> | undefined {
  if (!text.startsWith('{') || text.length > LONGEST_JSON) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function levelIn(text: string): LogLevel | undefined {
  const [, ...words] = WRITTEN_LEVEL.exec(text.slice(0, 200)) ?? [];
  return readLogLevel(words.find(word => word !== undefined));
}

function writeValue(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
