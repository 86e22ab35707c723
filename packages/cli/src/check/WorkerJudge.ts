import { availableParallelism } from 'node:os';
import { findingOf } from './Finding';
import type { Judge } from './Judge';
import { JudgeThread } from './JudgeThread';
import type { AppQuestion, AppVerdict } from './AppQuestion';
import { kindOfName } from './kindOfName';
import type { TextVerdict } from './judgeText';

const TEXT_MS = 5_000; // a good file takes a few milliseconds, a hostile one is refused in 200 ms; a busy machine takes longer
const APP_MS_PER_FILE = 200;
const MOST_THREADS = 4; // beyond, reading the files takes longer than judging them
const WORTH_A_THREAD = 64; // starting a thread takes as long as judging this many good files

/**
 * Judges in worker threads, with a deadline for each file. A thread that does
 * not answer in time, or runs out of memory, is terminated and the file is
 * refused; the next file has another thread. For many files several threads are
 * started, at most one per processor.
 */
export class WorkerJudge implements Judge {
  readonly #program: string;
  readonly #textMs: number;
  readonly #mostThreads: number;
  readonly #threads: JudgeThread[] = [];

  /**
   * @param program - the program of a thread; it has to call `serveJudge`
   */
  constructor(
    program: string,
    {
      textMs = TEXT_MS,
      mostThreads = Math.min(MOST_THREADS, availableParallelism()),
    }: { textMs?: number; mostThreads?: number } = {},
  ) {
    this.#program = program;
    this.#textMs = textMs;
    this.#mostThreads = mostThreads;
  }

  async text(file: string, text: string): Promise<TextVerdict> {
    const verdict = await this.#chooseThread().ask<TextVerdict>(
      { kind: 'text', file, text },
      this.#textMs,
    );
    return (
      verdict ?? {
        kind: 'faulty',
        of: kindOfName(file),
        findings: [findingOf(file, given(file))],
      }
    );
  }

  async app(question: AppQuestion): Promise<AppVerdict> {
    const verdict = await this.#chooseThread().ask<AppVerdict>(
      { kind: 'app', question },
      this.#textMs + APP_MS_PER_FILE * question.workloads.length,
    );
    return verdict ?? { errors: [given(question.sources.app)], warnings: [] };
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.splice(0).map(thread => thread.close()));
  }

  #chooseThread(): JudgeThread {
    const [first, ...others] = this.#threads;
    const idlest =
      first &&
      others.reduce(
        (least, thread) => (thread.waiting < least.waiting ? thread : least),
        first,
      );
    if (
      idlest &&
      (idlest.waiting < WORTH_A_THREAD ||
        this.#threads.length >= this.#mostThreads)
    )
      return idlest;
    const thread = new JudgeThread(this.#program);
    this.#threads.push(thread);
    return thread;
  }
}

function given(file: string) {
  return {
    code: 'work-failed',
    what: `Cannot read ${file}`,
    why: 'it takes longer, or more memory, than a file that people wrote',
    next: 'Make the file smaller and simpler',
    transient: false,
  } as const;
}
