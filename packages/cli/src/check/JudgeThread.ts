import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { JudgeJob } from './JudgeJob';

const MEMORY_MIB = 1_024;
const YOUNG_MIB = 64; // the objects of a file are garbage at once: a larger young generation needs fewer collections

interface Waiting {
  job: JudgeJob;
  deadlineMs: number;
  resolve: (answer: unknown) => void;
  reject: (error: Error) => void;
}

/** A thread that answers jobs one after the other. The deadline of each starts with the answer to the one before. */
export class JudgeThread {
  readonly #program: string;
  readonly #waiting: Waiting[] = [];
  #worker: Worker | undefined;
  #isReady = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(program: string) {
    this.#program = program;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** Resolves to undefined when there is no answer in time. */
  ask<T>(job: JudgeJob, deadlineMs: number): Promise<T | undefined> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({
        job,
        deadlineMs,
        resolve: answer => resolve(answer as T | undefined),
        reject,
      });
      this.#worker ??= this.#start();
      if (!this.#isReady) return;
      this.#worker.postMessage(job);
      if (this.#waiting.length === 1) this.#awaitFirst();
    });
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer);
    const worker = this.#worker;
    this.#worker = undefined;
    this.#isReady = false;
    await worker?.terminate();
  }

  #start(): Worker {
    const worker = new Worker(starterOf(this.#program), {
      eval: true,
      resourceLimits: {
        maxOldGenerationSizeMb: MEMORY_MIB,
        maxYoungGenerationSizeMb: YOUNG_MIB,
      },
    });
    // A worker that was terminated may still send a message.
    const isCurrent = () => worker === this.#worker;
    worker
      .once('message', () => {
        worker.on('message', answer => {
          if (isCurrent()) this.#settle(answer);
        });
        if (!isCurrent()) return;
        this.#isReady = true;
        for (const { job } of this.#waiting) worker.postMessage(job);
        this.#awaitFirst();
      })
      .on('error', (error: NodeJS.ErrnoException) => {
        if (!isCurrent()) return;
        if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') this.#giveUp();
        else this.#fail(error);
      });
    return worker;
  }

  #awaitFirst(): void {
    clearTimeout(this.#timer);
    const [first] = this.#waiting;
    if (!first) return;
    this.#timer = setTimeout(() => {
      // This thread may have been the busy one: answers that have arrived already count
      // first.
      setImmediate(() => {
        if (this.#waiting[0] === first) this.#giveUp();
      });
    }, first.deadlineMs);
  }

  #settle(answer: unknown): void {
    this.#waiting.shift()?.resolve(answer);
    this.#awaitFirst();
  }

  /** Terminates the thread with its first job unanswered; a new thread does the rest. */
  #giveUp(): void {
    const given = this.#waiting.shift();
    const restart = () => {
      if (this.#waiting.length > 0) this.#worker ??= this.#start();
      given?.resolve(undefined);
    };
    this.close().then(restart, restart);
  }

  #fail(error: Error): void {
    clearTimeout(this.#timer);
    this.#worker = undefined;
    this.#isReady = false;
    for (const { reject } of this.#waiting.splice(0)) reject(error);
  }
}

/**
 * Loads the program with its compile cache: parsing it takes longer than
 * judging a small file. Node 20 has no such cache.
 */
function starterOf(program: string): string {
  const cache = join(program, '..', '.compiled');
  return `require('node:module').enableCompileCache?.(${JSON.stringify(cache)});
require(${JSON.stringify(program)});`;
}
