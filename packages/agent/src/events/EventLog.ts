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

/** What is wrong with an object, as was told already. */
export type OpenIssue = 'deleted' | 'changed' | `refused: ${string}`;

/**
 * What happened and was not recorded by the hub yet, in order, and what is still
 * open. The oldest are dropped when it grows too long; their numbers are missing
 * then, which tells the hub how many there were.
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

  /** Whether it was told that the hub was lost, and not yet that it is back. */
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
      this.#issues.clear(); // from here on the hub looks itself
    }
    this.#onChange();
  }

  /** Tells of an object once, however often it is looked at. */
  openIssue(key: string, issue: OpenIssue, event: AgentEvent, at: Date): void {
    if (this.#issues.get(key) === issue) return;
    this.#issues.set(key, issue);
    this.append(event, at);
  }

  /** The object is as it should be again. */
  closeIssue(key: string, event: AgentEvent, at: Date): void {
    if (this.#issues.delete(key)) this.append(event, at);
  }

  /** It is nobody's matter any more, and nothing is told. */
  dropIssue(key: string): void {
    if (this.#issues.delete(key)) this.#onChange();
  }

  /** The oldest that the hub does not have; undefined when it has all. */
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
      this.#beginAgain(); // the hub knows more than we: what we kept is an old copy
      return;
    }
    const rest = this.#entries.filter(each => each.sequence > sequence);
    if (rest.length === this.#entries.length) return;
    this.#entries = rest;
    this.#onChange();
  }

  /** Under a new name, so that nothing is taken for what an old number meant. */
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

  /** Takes in what `write` wrote, unless that is an older copy; what cannot be read begins a new journal. */
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
