/**
 * Stores desired state and events, in parts: a small change is a small write. A
 * kill leaves each part either old or new.
 */
export interface StateStore {
  /** All parts that were ever written, by name. */
  read(): Promise<Map<StatePart, Uint8Array>>;
  /** Resolves once it survives a power failure. */
  write(part: StatePart, bytes: Uint8Array): Promise<void>;
}

/** Desired objects are split into several parts: a Secret holds at most 1 MiB. */
export const DESIRED_PARTS = [
  'desired-0',
  'desired-1',
  'desired-2',
  'desired-3',
  'desired-4',
  'desired-5',
  'desired-6',
  'desired-7',
] as const;

export const STATE_PARTS = ['journal', ...DESIRED_PARTS] as const;

export type DesiredPart = (typeof DESIRED_PARTS)[number];
export type StatePart = (typeof STATE_PARTS)[number];
