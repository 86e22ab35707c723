/**
 * An observation or action of the agent while it had no hub. Holds names, never
 * contents, so no value of a Secret can be included.
 */
export type AgentEvent =
  | { kind: 'agent-started'; version: string }
  | { kind: 'hub-lost'; why: string }
  | { kind: 'hub-back' }
  | { kind: 'object-deleted'; object: ObjectName }
  | { kind: 'object-changed'; object: ObjectName; fields: string[] }
  | { kind: 'object-restored'; object: ObjectName }
  | { kind: 'restore-refused'; object: ObjectName; why: string }
  | { kind: 'state-not-kept'; why: string };

export interface ObjectName {
  kind: string;
  namespace?: string;
  name: string;
}

/** An event with its number: sequence numbers grow by one from 1, so that a gap shows how many were dropped. */
export interface AgentEventEntry {
  sequence: number;
  /** By the agent's clock, RFC 3339. */
  at: string;
  event: AgentEvent;
}

/**
 * Events from the time without a hub, sent after the welcome and only to a hub
 * that asked for them. Sent again until acknowledged; the hub records each
 * sequence number of a journal once.
 */
export interface Report {
  kind: 'report';
  /** Identifies this agent's journal; a new journal starts at 1 again. */
  journal: string;
  entries: AgentEventEntry[];
}

/** The hub has recorded everything up to this number. */
export interface Reported {
  kind: 'reported';
  journal: string;
  sequence: number;
}

export const MAX_REPORT_ENTRIES = 50;
