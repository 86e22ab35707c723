import type { ExitCode, Io } from './Io';
import { runCommand } from './runCommand';
import { runProcess } from './runProcess';

export { runCommand, type ExitCode, type Io };
export { UsageError } from './Io';
export { directJudge } from './check/directJudge';

/** Runs the command line of this process. */
export function main(args: readonly string[]): Promise<void> {
  return runProcess(io => runCommand(args, io));
}
export { nobody } from './nobody';
