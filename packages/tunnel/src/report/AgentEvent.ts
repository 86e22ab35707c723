/** What an agent saw and did by itself. Holds names, never contents: a value of a Secret cannot get in. */
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

/** An event in its place: sequence numbers grow by one from 1, so that a gap says how much was dropped. */
export interface AgentEventEntry {
  sequence: number;
  /** By the agent's clock, RFC 3339. */
  at: string;
  event: AgentEvent;
}

/**
 * What happened while no hub was there, after the welcome and only to a hub that
 * asked for it. Sent again until it is acknowledged; the hub records each
 * sequence number of a journal once.
 */
export interface Report {
  kind: 'report';
  /** Of this agent's journal; another one begins at 1 again. */
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
