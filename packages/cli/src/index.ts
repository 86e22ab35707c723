import { createNodeIo } from './createNodeIo';
import { runCommand } from './runCommand';

export { runCommand } from './runCommand';
export { type ExitCode, type Io, UsageError } from './Io';

/** Runs the command line of this process. */
export function main(args: readonly string[]): void {
  // A reader that closes early (`| head`) is no failure of ours.
  process.stdout.on('error', error => {
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
  });
  process.exitCode = runCommand(args, createNodeIo());
}
