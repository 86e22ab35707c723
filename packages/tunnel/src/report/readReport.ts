import { isRecord } from '../frames';
import {
  type AgentEvent,
  type AgentEventEntry,
  MAX_REPORT_ENTRIES,
  type ObjectName,
  type Report,
  type Reported,
} from './AgentEvent';

const MAX_TEXT = 300;
const MAX_NAME = 253;
const MAX_FIELDS = 10;

/** Reads an agent's report; undefined when it is something else. Numbers grow within a report. */
export function readReport(message: unknown): Report | undefined {
  if (!isRecord(message) || message.kind !== 'report') return undefined;
  const { journal } = message;
  if (!isJournal(journal) || !Array.isArray(message.entries)) return undefined;
  if (message.entries.length > MAX_REPORT_ENTRIES) return undefined;
  const entries: AgentEventEntry[] = [];
  for (const each of message.entries) {
    const entry = readEntry(each);
    const last = entries.at(-1)?.sequence ?? 0;
    if (entry === undefined || entry.sequence <= last) return undefined;
    entries.push(entry);
  }
  return entries.length === 0
    ? undefined
    : { kind: 'report', journal, entries };
}

/** Reads a hub's acknowledgement; undefined when it is something else. */
export function readReported(message: unknown): Reported | undefined {
  if (!isRecord(message) || message.kind !== 'reported') return undefined;
  const { journal, sequence } = message;
  return isJournal(journal) && isSequence(sequence)
    ? { kind: 'reported', journal, sequence }
    : undefined;
}

function readEntry(value: unknown): AgentEventEntry | undefined {
  if (!isRecord(value)) return undefined;
  const { sequence, at } = value;
  const event = readAgentEvent(value.event ?? value.happening); // field name of earlier agents
  if (!isSequence(sequence) || sequence === 0 || event === undefined)
    return undefined;
  if (typeof at !== 'string' || at.length > 40 || Number.isNaN(Date.parse(at)))
    return undefined;
  return { sequence, at: new Date(Date.parse(at)).toISOString(), event };
}

function readAgentEvent(value: unknown): AgentEvent | undefined {
  if (!isRecord(value)) return undefined;
  const { kind, why, version, fields } = value;
  const object = readObjectName(value.object);
  switch (kind) {
    case 'agent-started':
      return isText(version) ? { kind, version } : undefined;
    case 'hub-lost':
    case 'state-not-kept':
      return isText(why) ? { kind, why } : undefined;
    case 'hub-back':
      return { kind };
    case 'object-deleted':
    case 'object-restored':
      return object && { kind, object };
    case 'object-changed':
      return object &&
        Array.isArray(fields) &&
        fields.length <= MAX_FIELDS &&
        fields.every(isText)
        ? { kind, object, fields }
        : undefined;
    case 'restore-refused':
      return object && isText(why) ? { kind, object, why } : undefined;
    default:
      return undefined;
  }
}

function readObjectName(value: unknown): ObjectName | undefined {
  if (!isRecord(value)) return undefined;
  const { kind, namespace, name } = value;
  if (typeof kind !== 'string' || !/^[A-Za-z0-9]{1,63}$/.test(kind))
    return undefined;
  if (!isName(name)) return undefined;
  if (namespace === undefined) return { kind, name };
  return isName(namespace) ? { kind, namespace, name } : undefined;
}

function isName(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value.length <= MAX_NAME &&
    /^[A-Za-z0-9._:-]+$/.test(value)
  );
}

/** One line of printable text: it is shown to people and becomes part of the hash-chained journal. */
function isText(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value.length <= MAX_TEXT &&
    /^[\x20-\x7e\xa0-\uffff]*$/.test(value)
  );
}

function isJournal(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Za-z0-9_-]{8,64}$/.test(value);
}

function isSequence(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
