import { spawn } from 'node:child_process';
import { root } from './paths.mjs';

/** A command that ended badly, with the end of what it said. */
class CommandFailed extends Error {}

/**
 * Runs a command to its end.
 *
 * @param quiet - keep the output back and show its end only when the command fails
 */
export function run(command, args, { quiet = false, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: quiet
        ? ['ignore', 'pipe', 'pipe']
        : ['ignore', 'inherit', 'inherit'],
      ...options,
    });
    let tail = '';
    const keep = chunk => {
      tail = (tail + chunk).slice(-6000);
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    child.on('error', error =>
      reject(new CommandFailed(`Cannot run ${command}: ${error.message}`)),
    );
    child.on('close', (code, signal) => {
      if (code === 0) resolve();
      else
        reject(
          new CommandFailed(
            `${tail}\n${command} ${args.join(' ')} ended with ${
              signal ?? code
            }`.trim(),
          ),
        );
    });
  });
}

/** Says in one line what is being done and how long it took. */
export async function step(what, work) {
  const startedAt = performance.now();
  const did = await work();
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  if (did !== false)
    process.stdout.write(`${what.padEnd(44)} ${seconds.padStart(6)} s\n`);
  return did;
}
