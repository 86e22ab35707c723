/** What people asked for and were told that it is so, and what turned out to be otherwise. */
export class Ledger {
  /** Commits whose push was acknowledged, by app, in their order. */
  readonly pushed = new Map<string, string[]>();
  /** Releases whose promotion was acknowledged, by app, in their order. */
  readonly promoted = new Map<string, number[]>();
  /** Acknowledged words to clusters: the action, and a reason that no other has. */
  readonly scheduled: Array<{ action: string; why: string }> = [];
  /** Clusters that joined and were removed again. */
  readonly joined: string[] = [];
  /** Kills by victim. */
  readonly kills: Record<string, number> = {};
  /** How requests ended, by status and code. */
  readonly answers: Record<string, number> = {};
  readonly violations: string[] = [];
  /** From the start of a life to the first page of the fleet, in milliseconds. */
  readonly backAfterMs: number[] = [];
  /** From the last kill to everything being as it was asked for, in milliseconds. */
  readonly settledAfterMs: number[] = [];

  get acknowledged(): number {
    const count = (lists: Iterable<unknown[]>) =>
      [...lists].reduce((sum, list) => sum + list.length, 0);
    return (
      count(this.pushed.values()) +
      count(this.promoted.values()) +
      this.scheduled.length +
      2 * this.joined.length // the registration and the removal
    );
  }

  get killed(): number {
    return Object.values(this.kills).reduce((sum, each) => sum + each, 0);
  }

  noteKill(victim: string): void {
    this.kills[victim] = (this.kills[victim] ?? 0) + 1;
  }

  noteAnswer(answer: string): void {
    this.answers[answer] = (this.answers[answer] ?? 0) + 1;
  }

  violate(what: string): void {
    if (this.violations.includes(what)) return;
    this.violations.push(what);
    process.stderr.write(`after ${this.killed} kills: ${what}\n`);
  }

  add<T>(to: Map<string, T[]>, app: string, value: T): void {
    to.set(app, [...(to.get(app) ?? []), value]);
  }
}
