import {
  INSIDE,
  type OtherUser,
  type RunArea,
  type RunFolder,
  type RunGroup,
  SandboxDoor,
  type SandboxProgram,
  type SandboxForward,
  type ShownFolder,
  forEachBatch,
  sandboxCommand,
  signalGroup,
  spawnAsOther,
} from '@callboard/plugin-callboard-sandbox-node';
import type { CodeProcess, CodeStart } from './CodeProcess';
import { exitOf } from './exitOf';
import type { RunLimits } from './RunLimits';

const MAX_ANSWER_BYTES = 32 * 1024; // of an exec response: 4,000 characters of output as JSON
const EXEC_SLACK_MS = 1_000;

/**
 * Starts a program in namespaces of its own. It sees its folder, /usr and a
 * loopback of its own, with the services that it may reach; all its child
 * processes end with it, and with this process.
 */
export async function startSandboxed(
  start: CodeStart,
  place: {
    area: RunArea;
    run: RunFolder;
    program: SandboxProgram;
    user: OtherUser | undefined;
    /** Outside paths by inside path, mounted read-only. */
    readOnly: ReadonlyArray<readonly [string, string]>;
    /** Mounted as its workspace. */
    workspace: string;
    /** Folders that its user could not read otherwise. */
    shown: readonly ShownFolder[];
    /** Services that it can reach. */
    forwards: readonly SandboxForward[];
    limits: RunLimits;
    group: RunGroup | undefined;
  },
): Promise<CodeProcess> {
  const { area, run, program, user, readOnly, limits, group, forwards } = place;
  const { command, env } = start;
  const door = await SandboxDoor.open(area.doorOf(start.id), user);
  const spec = await run.sandbox(user, {
    workspace: place.workspace,
    readOnly: [
      ...readOnly,
      [INSIDE.node, area.node],
      [INSIDE.helper, area.helper],
      [INSIDE.door, door.path],
    ],
  });
  const child = spawnAsOther({
    command: [INSIDE.node, INSIDE.helper, 'serve', INSIDE.door],
    folder: '/',
    env: { PATH: area.baseEnv().PATH },
    user,
    shown: place.shown,
    sandbox: sandboxCommand(program, spec),
    limits,
    group,
  });
  forEachBatch(child, start.onLog);
  const ended = exitOf(child).finally(() => door.close());
  const kill = () => signalGroup(child, 'SIGKILL');
  door.send({ kind: 'start', command, env, forwards }).catch(kill);
  return {
    pid: child.pid,
    ended,
    dial: port => door.connect(port),
    async exec(words, timeoutMs) {
      const answer = await door
        .ask(
          { kind: 'exec', command: words, env, timeoutMs },
          { maxBytes: MAX_ANSWER_BYTES, timeoutMs: timeoutMs + EXEC_SLACK_MS },
        )
        .catch((error: Error) => error.message);
      return readExecAnswer(answer);
    },
    stop(graceMs) {
      door.send({ kind: 'signal', signal: 'SIGTERM' }).catch(kill);
      const insist = setTimeout(kill, graceMs);
      insist.unref();
      child.once('exit', () => clearTimeout(insist));
    },
  };
}

/** The response comes from inside the sandbox and is untrusted. */
function readExecAnswer(answer: string): { code: number; output: string } {
  try {
    const { code, output } = JSON.parse(answer) as Record<string, unknown>;
    return { code: Number(code), output: String(output).slice(0, 4_000) };
  } catch {
    return { code: 137, output: answer.slice(0, 4_000) };
  }
}
