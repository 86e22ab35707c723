import { spawn } from 'node:child_process';
import type { PluginFault } from './signInProblems';

export interface PluginCommand {
  command: string;
  args: readonly string[];
  env: Record<string, string>;
  /** Working folder. */
  folder: string;
}

export type PluginOutcome =
  | { kind: 'printed'; text: string }
  | { kind: 'failed'; fault: PluginFault };

const LIMIT_MS = 30_000; // sign-in helpers of clouds take one to three seconds
const MAX_KIB = 64; // a client certificate with its chain has ten

/**
 * Runs a credential plugin, without a shell and without standard input. It is
 * killed with all child processes after 30 seconds or 64 KiB. Its standard
 * error is discarded: it quotes secrets.
 */
export function runPlugin(
  { command, args, env, folder }: PluginCommand,
  limitMs = LIMIT_MS,
): Promise<PluginOutcome> {
  return new Promise(resolve => {
    const child = spawn(command, args, {
      cwd: folder,
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
      detached: true, // a process group of its own, which is killed as a whole
    });
    const chunks: Buffer[] = [];
    let size = 0;
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), limitMs);
    const settle = (outcome: PluginOutcome) => {
      clearTimeout(timer);
      resolve(outcome);
    };
    const endWith = (fault: PluginFault) => {
      settle({ kind: 'failed', fault });
      child.stdout.destroy();
      killGroup(child.pid);
    };
    late.signal.addEventListener('abort', () =>
      endWith({ kind: 'too-slow', seconds: Math.ceil(limitMs / 1000) }),
    );
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.byteLength;
      if (size > MAX_KIB * 1024) endWith({ kind: 'too-much', kib: MAX_KIB });
      else chunks.push(chunk);
    });
    child.on('error', error => {
      const code = 'code' in error ? error.code : undefined;
      endWith(
        code === 'ENOENT' || code === 'ENOTDIR'
          ? { kind: 'missing' }
          : { kind: 'not-executable' },
      );
    });
    child.on('close', code =>
      settle(
        code === 0
          ? { kind: 'printed', text: Buffer.concat(chunks).toString('utf8') }
          : { kind: 'failed', fault: { kind: 'ended', code } },
      ),
    );
  });
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // it has ended by itself
  }
}
