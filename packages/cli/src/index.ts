import { WorkerJudge, serveJudge } from './check/WorkerJudge';
import { createNodeIo } from './createNodeIo';
import { runCommand } from './runCommand';

export { runCommand } from './runCommand';
export { type ExitCode, type Io, UsageError } from './Io';

serveJudge();

/** Runs the command line of this process. */
export async function main(args: readonly string[]): Promise<void> {
  // A reader that closes early (`| head`) is no failure of ours.
  process.stdout.on('error', error => {
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
  });
  process.exitCode = await runCommand(args, {
    ...createNodeIo(),
    startJudge: () => new WorkerJudge(__filename),
  });
}
