import { readFileSync } from 'node:fs';

const NANOSECONDS_PER_TICK = 10_000_000; // USER_HZ is 100 for every program

/**
 * Total CPU time of processes and the children they waited for, in nanoseconds.
 * Processes that have ended meanwhile count as 0.
 */
export function readProcessorTimes(pids: readonly number[]): number {
  return (
    pids.reduce((sum, pid) => sum + readTicks(pid), 0) * NANOSECONDS_PER_TICK
  );
}

/** Fields 14 to 17 of /proc/PID/stat; the command's name before them may contain spaces. */
function readTicks(pid: number): number {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return fields
      .slice(11, 15)
      .reduce((sum, field) => sum + (Number(field) || 0), 0);
  } catch {
    return 0;
  }
}
