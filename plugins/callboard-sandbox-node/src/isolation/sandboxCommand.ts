import { bwrapCommand } from './bwrapCommand';
import type { SandboxProgram } from './Isolation';
import type { SandboxSpec } from './SandboxSpec';
import { unshareCommand } from './unshareCommand';

/** Returns the command prefix that runs a command in a sandbox. */
export function sandboxCommand(
  program: SandboxProgram,
  spec: SandboxSpec,
): string[] {
  return program === 'bwrap' ? bwrapCommand(spec) : unshareCommand(spec);
}
