import type { Report } from '@callboard/tunnel';
import type { AgentState } from '../state/AgentState';

const AGAIN_MS = 10_000; // for a hub that could not write its journal

/** Sends events to the hub, one report at a time, and repeats it until the hub acknowledges that it is recorded. */
export class ReportSender {
  readonly #state: AgentState;
  readonly #notify: (report: Report) => void;
  readonly #againMs: number;
  #timer: NodeJS.Timeout | undefined;
  #isEnded = false;

  constructor(
    state: AgentState,
    notify: (report: Report) => void,
    againMs = AGAIN_MS,
  ) {
    this.#state = state;
    this.#notify = notify;
    this.#againMs = againMs;
  }

  /** Sends only entries that are stored: otherwise a number could refer to another entry after a kill. */
  async send(): Promise<void> {
    clearTimeout(this.#timer);
    const isKept = await this.#state.flush().then(
      () => true,
      () => false,
    );
    if (this.#isEnded) return;
    clearTimeout(this.#timer);
    const report = this.#state.events.nextReport();
    if (report === undefined) return;
    if (isKept) this.#notify(report);
    this.#timer = setTimeout(() => void this.send(), this.#againMs).unref();
  }

  acknowledge({
    journal,
    sequence,
  }: {
    journal: string;
    sequence: number;
  }): void {
    const { events } = this.#state;
    const reported = events.nextReport();
    events.acknowledge(journal, sequence);
    this.#state.flushSoon();
    if (events.nextReport()?.entries[0] !== reported?.entries[0])
      void this.send();
  }

  end(): void {
    this.#isEnded = true;
    clearTimeout(this.#timer);
  }
}
