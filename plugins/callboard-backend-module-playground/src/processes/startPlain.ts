import {
  type OtherUser,
  type RunGroup,
  forEachBatch,
  signalGroup,
  spawnAsOther,
  stopGroup,
} from '@callboard/plugin-callboard-sandbox-node';
import type { CodeProcess, CodeStart } from './CodeProcess';
import { exitOf } from './exitOf';
import type { RunLimits } from './RunLimits';

const MAX_OUTPUT_CHARS = 4_000;

/** Starts pushed code as a plain process of this machine, as a user of its own if there is one. */
export function startPlain(
  start: CodeStart,
  place: {
    folder: string;
    user: OtherUser | undefined;
    limits: RunLimits;
    group: RunGroup | undefined;
  },
): CodeProcess {
  const { env } = start;
  const child = spawnAsOther({ command: start.command, env, ...place });
  forEachBatch(child, start.onLog);
  child.once('exit', () => stopGroup(child, 0));
  return {
    pid: child.pid,
    ended: exitOf(child),
    async exec(command, timeoutMs) {
      const beside = spawnAsOther({ command, env, ...place });
      let output = '';
      forEachBatch(beside, lines => {
        for (const line of lines)
          if (output.length < MAX_OUTPUT_CHARS) output += `${line}\n`;
      });
      const timer = setTimeout(() => signalGroup(beside, 'SIGKILL'), timeoutMs);
      const { code } = await exitOf(beside).catch(() => ({ code: 126 }));
      clearTimeout(timer);
      return { code, output };
    },
    stop: graceMs => stopGroup(child, graceMs),
  };
}
