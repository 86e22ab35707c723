import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Answers as a real API server gave them, one file per suite beside the tests.
 *
 * Every server must give them. `UPDATE_GOLDENS=1` with the real server writes
 * them again; the simulated one never does.
 */
export class Goldens {
  readonly #path: string;
  readonly #answers: Record<string, unknown>;

  /** @param folder - where the file is, beside the tests */
  constructor(folder: string, name: string) {
    this.#path = join(folder, `${name}.golden.json`);
    this.#answers = existsSync(this.#path)
      ? (JSON.parse(readFileSync(this.#path, 'utf8')) as Record<
          string,
          unknown
        >)
      : {};
  }

  expected(key: string): unknown {
    return this.#answers[key];
  }

  /** Whether this run writes what it sees instead of comparing it. */
  isRecording(server: string): boolean {
    return server === 'real' && process.env.UPDATE_GOLDENS === '1';
  }

  record(key: string, answer: unknown): void {
    this.#answers[key] = answer;
    writeFileSync(this.#path, `${JSON.stringify(this.#answers, null, 1)}\n`);
  }
}
