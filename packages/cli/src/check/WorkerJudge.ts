import {
  Worker,
  isMainThread,
  parentPort,
  workerData,
} from 'node:worker_threads';
import { findingOf } from './Finding';
import type { Judge } from './Judge';
import { type AppQuestion, type AppVerdict, judgeApp } from './judgeApp';
import { kindOfName } from './kindOf';
import { type TextVerdict, judgeText } from './judgeText';

const TEXT_MS = 5_000; // a good file takes a few milliseconds, a hostile one is refused in 200 ms; a busy machine takes longer
const APP_MS_PER_FILE = 200;
const MEMORY_MIB = 1_024;
const ROLE = 'callboard-check';

type Job =
  | { kind: 'text'; file: string; text: string }
  | { kind: 'app'; question: AppQuestion };

/**
 * Judges in a thread of its own, with a deadline for each file. A thread that
 * does not answer in time, or runs out of memory, is ended and the file is
 * refused; the next file has another thread.
 */
export class WorkerJudge implements Judge {
  readonly #program: string;
  readonly #textMs: number;
  #worker: Promise<Worker> | undefined;

  /** @param program - what the thread runs; it has to call `serveJudge` */
  constructor(program: string, { textMs = TEXT_MS }: { textMs?: number } = {}) {
    this.#program = program;
    this.#textMs = textMs;
  }

  async text(file: string, text: string): Promise<TextVerdict> {
    const verdict = await this.#ask<TextVerdict>(
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
    const verdict = await this.#ask<AppVerdict>(
      { kind: 'app', question },
      this.#textMs + APP_MS_PER_FILE * question.workloads.length,
    );
    return verdict ?? { errors: [given(question.sources.app)], warnings: [] };
  }

  async close(): Promise<void> {
    const worker = await this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }

  /** Undefined when there is no answer in time. */
  async #ask<T>(job: Job, deadlineMs: number): Promise<T | undefined> {
    this.#worker ??= start(this.#program);
    const worker = await this.#worker;
    const answer = await new Promise<T | undefined>((resolve, reject) => {
      const timer = setTimeout(() => finish(undefined), deadlineMs);
      const fail = (error: NodeJS.ErrnoException) =>
        error.code === 'ERR_WORKER_OUT_OF_MEMORY'
          ? finish(undefined)
          : reject(error);
      function finish(value: T | undefined) {
        clearTimeout(timer);
        worker.off('message', finish).off('error', fail);
        resolve(value);
      }
      worker.on('message', finish).on('error', fail);
      worker.postMessage(job);
    });
    if (answer === undefined) {
      worker.once('error', () => undefined); // it has ended already
      await this.close();
    }
    return answer;
  }
}

function start(program: string): Promise<Worker> {
  const worker = new Worker(program, {
    workerData: ROLE,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MIB },
  });
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('message', () => {
      worker.off('error', reject);
      resolve(worker);
    });
  });
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

/** Answers a `WorkerJudge`, where this is its thread. */
export function serveJudge(): void {
  if (isMainThread || workerData !== ROLE) return;
  parentPort?.on('message', (job: Job) => {
    parentPort?.postMessage(
      job.kind === 'text'
        ? judgeText(job.file, job.text)
        : judgeApp(job.question),
    );
  });
  parentPort?.postMessage('ready');
}
