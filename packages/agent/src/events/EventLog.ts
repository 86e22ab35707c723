import { randomBytes } from 'node:crypto';
import {
  type AgentEvent,
  type AgentEventEntry,
  MAX_REPORT_ENTRIES,
  type Report,
  isRecord,
  readReport,
} from '@callboard/tunnel';

const MAX_ENTRIES = 500;
const JOURNAL_BYTES = 12;

/** A problem of an object that was already reported. */
export type OpenIssue = 'deleted' | 'changed' | `refused: ${string}`;

/**
 * Events that the hub has not recorded yet, in order, and issues that are still
 * open. The oldest events are dropped when the log grows too long; the gap in
 * the sequence numbers shows the hub how many.
 */
export class EventLog {
  readonly #onChange: () => void;
  #journal = randomBytes(JOURNAL_BYTES).toString('base64url');
  #last = 0;
  #entries: AgentEventEntry[] = [];
  #issues = new Map<string, OpenIssue>();
  #isAlone = false;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** Whether the loss of the hub was logged, and not yet its return. */
  get isAlone(): boolean {
    return this.#isAlone;
  }

  get entries(): readonly AgentEventEntry[] {
    return this.#entries;
  }

  issueOf(key: string): OpenIssue | undefined {
    return this.#issues.get(key);
  }

  openIssues(): string[] {
    return [...this.#issues.keys()];
  }

  append(event: AgentEvent, at: Date): void {
    this.#last += 1;
    this.#entries.push({
      sequence: this.#last,
      at: at.toISOString(),
      event,
    });
    if (this.#entries.length > MAX_ENTRIES) this.#entries.shift();
    if (event.kind === 'hub-lost') this.#isAlone = true;
    if (event.kind === 'hub-back') {
      this.#isAlone = false;
      this.#issues.clear(); // the hub observes the objects itself again
    }
    this.#onChange();
  }

  /** Reports an object's issue once, however often it is observed. */
  openIssue(key: string, issue: OpenIssue, event: AgentEvent, at: Date): void {
    if (this.#issues.get(key) === issue) return;
    this.#issues.set(key, issue);
    this.append(event, at);
  }

  /** Closes the issue: the object is in its desired state again. */
  closeIssue(key: string, event: AgentEvent, at: Date): void {
    if (this.#issues.delete(key)) this.append(event, at);
  }

  /** Closes the issue without an event: the object is no longer the agent's concern. */
  dropIssue(key: string): void {
    if (this.#issues.delete(key)) this.#onChange();
  }

  /** The oldest entries that the hub does not have; undefined when it has all. */
  nextReport(): Report | undefined {
    return this.#entries.length === 0
      ? undefined
      : {
          kind: 'report',
          journal: this.#journal,
          entries: this.#entries.slice(0, MAX_REPORT_ENTRIES),
        };
  }

  acknowledge(journal: string, sequence: number): void {
    if (journal !== this.#journal) return;
    if (sequence > this.#last) {
      this.#beginAgain(); // the hub has newer entries than we: our state is an old copy
      return;
    }
    const rest = this.#entries.filter(each => each.sequence > sequence);
    if (rest.length === this.#entries.length) return;
    this.#entries = rest;
    this.#onChange();
  }

  /** Starts a journal with a new name, so that no number refers to an earlier entry. */
  #beginAgain(): void {
    this.#journal = randomBytes(JOURNAL_BYTES).toString('base64url');
    this.#entries = this.#entries.map((each, i) => ({
      ...each,
      sequence: i + 1,
    }));
    this.#last = this.#entries.length;
    this.#onChange();
  }

  write(): string {
    return JSON.stringify({
      journal: this.#journal,
      last: this.#last,
      entries: this.#entries,
      issues: [...this.#issues],
      isAlone: this.#isAlone,
    });
  }

  /**
   * Loads the output of `write`, unless it is older than the current state.
   * Without a readable one the new journal is kept.
   */
  load(text: string): void {
    const value: unknown = JSON.parse(text);
    if (!isRecord(value)) return;
    const { journal, last, entries, issues, isAlone } = value;
    if (typeof journal !== 'string' || typeof last !== 'number') return;
    if (journal === this.#journal && last < this.#last) return;
    this.#journal = journal;
    this.#last = last;
    this.#isAlone = isAlone === true;
    this.#entries = (Array.isArray(entries) ? entries : []).flatMap(
      each =>
        readReport({ kind: 'report', journal, entries: [each] })?.entries ?? [],
    );
    this.#issues = new Map(
      (Array.isArray(issues) ? issues : []) as Array<[string, OpenIssue]>,
    );
  }
}
