import { constants } from 'node:os';
import type { ChildProcess } from 'node:child_process';
import type { CodeExit } from './CodeProcess';

const NAMES = new Map(
  Object.entries(constants.signals).map(([name, number]) => [number, name]),
);

/**
 * Resolves with the exit of a child process, once its output is read to the
 * end. A signal becomes a code as in shells: 128 + its number.
 */
export function exitOf(child: ChildProcess): Promise<CodeExit> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    // "close", not "exit": the last lines of output come before the end.
    child.once('close', (code, signal) =>
      resolve(
        signal
          ? { code: 128 + constants.signals[signal], signal }
          : namedExit(code ?? 0),
      ),
    );
  });
}

/** A process in a sandbox reports its signal as exit code. */
function namedExit(code: number): CodeExit {
  const signal = NAMES.get(code - 128);
  return signal ? { code, signal } : { code };
}
