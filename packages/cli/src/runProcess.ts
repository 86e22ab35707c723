import { dirname, join } from 'node:path';
import { createNodeIo } from './createNodeIo';
import type { ExitCode, Io } from './Io';

/** Runs a command with the streams of this process, and ends it with its exit code. */
export async function runProcess(
  run: (io: Io) => ExitCode | Promise<ExitCode>,
): Promise<void> {
  // A reader that closes early (`| head`) is not a failure.
  process.stdout.on('error', error => {
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
  });
  process.exitCode = await run(
    createNodeIo(join(dirname(__filename), 'judge.cjs')),
  );
}
