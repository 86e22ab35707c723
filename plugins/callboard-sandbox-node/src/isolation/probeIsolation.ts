import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { OtherUser } from '../otherUser';
import { dropCommand } from '../dropCommand';
import type { Isolation, SandboxProgram } from './Isolation';
import { RunFolder } from './RunFolder';
import { sandboxCommand } from './sandboxCommand';

const run = promisify(execFile);

const PROGRAMS: readonly SandboxProgram[] = ['bwrap', 'unshare'];
const PROBE_MS = 5_000;

/**
 * Prints `isolated` when its own file exists, a file beside its folder is
 * hidden, and neither processes nor interfaces of the machine are visible.
 */
const CHECK =
  'test -f own && ! test -e "$1" && ! test -e "/proc/$2" && test "$(grep -c : /proc/net/dev)" = 1 && echo isolated';

/** Determines by trying how this machine can isolate pushed code; returns the strongest isolation that works. */
export async function probeIsolation(options: {
  /** Folder that contains the folders of runs. */
  folder: string;
  /** A user for the test; undefined when this process is unprivileged. */
  user: OtherUser | undefined;
  programs?: readonly SandboxProgram[];
}): Promise<Isolation> {
  const { folder, user, programs = PROGRAMS } = options;
  const reasons: string[] = [];
  for (const program of programs) {
    const failure = await tryProgram(program, folder, user);
    if (failure === undefined)
      return { kind: 'namespaces', by: program, hasOwnUser: !!user };
    reasons.push(`${program}: ${failure}`);
  }
  const why = reasons.join('; ') || 'namespaces are switched off';
  return user ? { kind: 'users', why } : { kind: 'none', why };
}

/**
 * @returns the reason why it does not work; undefined when it does
 */
async function tryProgram(
  program: SandboxProgram,
  area: string,
  user: OtherUser | undefined,
): Promise<string | undefined> {
  const folder = new RunFolder(join(area, `run-probe-${program}`));
  const secret = join(area, `probe-${program}`);
  try {
    await folder.make();
    await writeFile(join(folder.workspace, 'own'), '');
    await writeFile(secret, '', { mode: 0o600 });
    await folder.handOver(user);
    const spec = await folder.sandbox(user, { readOnly: [] });
    const [command, ...args] = [
      ...dropCommand(user),
      ...sandboxCommand(program, spec),
      ...['sh', '-c', CHECK, 'sh', secret, `${process.pid}`],
    ];
    const { stdout } = await run(command, args, {
      env: { PATH: '/usr/local/bin:/usr/bin:/bin' },
      cwd: '/',
      timeout: PROBE_MS,
    });
    return stdout.trim() === 'isolated' ? undefined : 'it hides too little';
  } catch (error) {
    return reasonOf(error as { code?: unknown; stderr?: string });
  } finally {
    await folder.remove();
  }
}

function reasonOf(error: { code?: unknown; stderr?: string }): string {
  if (error.code === 'ENOENT') return 'not installed';
  const said = error.stderr?.trim().split('\n').at(-1)?.slice(0, 200);
  return said || 'it does not work here';
}
