import type { StartProgram } from './launcher';

export interface GitRun {
  start: StartProgram;
  /** Absolute path of the git binary. */
  git: string;
  /** Arguments, one by one; there is no shell. Untrusted values must be validated before. */
  args: string[];
  env: Record<string, string>;
  cwd: string;
  input?: Uint8Array;
  /** Bytes of output above which the process is ended. */
  maxOutputBytes: number;
  /** Number of records, each ended by NUL, above which the process is ended. */
  maxRecords?: number;
  timeoutMs: number;
  /** Aborts when its work exceeds a limit; ends it as `too-much`. */
  tooMuch?: AbortSignal;
}

export interface GitAnswer {
  stdout: Buffer;
  stderr: string;
  /** Exit code; undefined when Callboard or a signal ended it. */
  code: number | undefined;
  ended: 'by-itself' | 'too-long' | 'too-much' | 'too-many';
}

const MAX_STDERR_BYTES = 16_384; // enough for every message of git; the rest is dropped

/** Runs git once and collects its output. Rejects only when git cannot be started at all. */
export function runGit(run: GitRun): Promise<GitAnswer> {
  return new Promise((resolve, reject) => {
    const child = run.start(run.git, run.args, { cwd: run.cwd, env: run.env });
    const stdout: Buffer[] = [];
    let outputBytes = 0;
    let records = 0;
    let stderr = '';
    let ended: GitAnswer['ended'] = 'by-itself';

    const timer = setTimeout(() => {
      ended = 'too-long';
      child.kill('SIGKILL');
    }, run.timeoutMs);

    const stop = () => {
      ended = 'too-much';
      child.kill('SIGKILL');
    };
    run.tooMuch?.addEventListener('abort', stop, { once: true });

    child.stdout.on('data', (chunk: Buffer) => {
      outputBytes += chunk.length;
      if (run.maxRecords !== undefined) records += countNuls(chunk);
      const isTooMany = records > (run.maxRecords ?? Infinity);
      if (outputBytes <= run.maxOutputBytes && !isTooMany) {
        stdout.push(chunk);
        return;
      }
      ended = isTooMany ? 'too-many' : 'too-much';
      child.kill('SIGKILL');
    });
    child.stderr.on('data', (chunk: Buffer) => {
      if (stderr.length < MAX_STDERR_BYTES) stderr += chunk.toString('utf8');
    });
    child.stdin.on('error', () => {}); // git may end before it has read everything; its exit code reports why
    child.on('error', error => {
      clearTimeout(timer);
      reject(error);
    });
    child.on('close', code => {
      clearTimeout(timer);
      run.tooMuch?.removeEventListener('abort', stop);
      resolve({
        stdout: Buffer.concat(stdout),
        stderr,
        code: code ?? undefined,
        ended,
      });
    });
    child.stdin.end(run.input);
  });
}

function countNuls(chunk: Buffer): number {
  let count = 0;
  for (let at = chunk.indexOf(0); at >= 0; at = chunk.indexOf(0, at + 1))
    count += 1;
  return count;
}
