import { bwrapCommand } from './bwrapCommand';
import type { SandboxProgram } from './Isolation';
import type { SandboxSpec } from './SandboxSpec';
import { unshareCommand } from './unshareCommand';

/** Words in front of a command that run it in a sandbox. */
export function sandboxCommand(
  program: SandboxProgram,
  spec: SandboxSpec,
): string[] {
  return program === 'bwrap' ? bwrapCommand(spec) : unshareCommand(spec);
}
