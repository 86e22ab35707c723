import { readFile } from 'node:fs/promises';

/** A process and all that it started, directly or not. */
export async function listDescendants(pid: number): Promise<number[]> {
  const text = await readFile(
    `/proc/${pid}/task/${pid}/children`,
    'utf8',
  ).catch(() => '');
  const children = text.split(' ').filter(Boolean).map(Number);
  return [pid, ...(await Promise.all(children.map(listDescendants))).flat()];
}

/** The command line of a process; empty once it is gone. */
export async function readCommand(pid: number): Promise<string> {
  return readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
}
