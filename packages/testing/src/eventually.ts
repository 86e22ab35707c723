import { setTimeout as sleep } from 'node:timers/promises';

const DEADLINE_MS = 30_000;
const FIRST_REST_MS = 10;
const LONGEST_REST_MS = 250; // a check loads the same process as the work it waits for

/**
 * Repeats a check until it no longer throws.
 *
 * @param because - the expected state; part of the error after the timeout,
 *   with the last failure
 * @returns the result of the check
 */
export async function eventually<T>(
  because: string,
  check: () => T | Promise<T>,
  timeoutMs?: number,
): Promise<T>;
export async function eventually<T>(
  check: () => T | Promise<T>,
  options?: { timeoutMs?: number },
): Promise<T>;
export async function eventually<T>(
  ...args:
    | [because: string, check: () => T | Promise<T>, timeoutMs?: number]
    | [check: () => T | Promise<T>, options?: { timeoutMs?: number }]
): Promise<T> {
  const { because, check, timeoutMs } = readArguments(args);
  const giveUpAtMs = performance.now() + timeoutMs;
  for (let restMs = FIRST_REST_MS; ; restMs = longer(restMs)) {
    try {
      return await check();
    } catch (error) {
      if (performance.now() > giveUpAtMs)
        throw because === undefined
          ? error
          : new Error(
              `${because}: not within ${timeoutMs} ms: ${
                error instanceof Error ? error.message : error
              }`,
              { cause: error },
            );
    }
    await sleep(restMs);
  }
}

function readArguments<T>(
  args:
    | [because: string, check: () => T | Promise<T>, timeoutMs?: number]
    | [check: () => T | Promise<T>, options?: { timeoutMs?: number }],
): { because?: string; check: () => T | Promise<T>; timeoutMs: number } {
  if (typeof args[0] === 'string') {
    const [because, check, timeoutMs = DEADLINE_MS] = args as [
      string,
      () => T | Promise<T>,
      number?,
    ];
    return { because, check, timeoutMs };
  }
  const [check, { timeoutMs = DEADLINE_MS } = {}] = args as [
    () => T | Promise<T>,
    { timeoutMs?: number }?,
  ];
  return { check, timeoutMs };
}

function longer(restMs: number): number {
  return Math.min(restMs * 1.5, LONGEST_REST_MS);
}
