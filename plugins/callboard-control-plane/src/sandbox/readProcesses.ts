import { readFile, readdir } from 'node:fs/promises';

/** A process of this machine, as /proc tells it. */
export interface ProcessFacts {
  pid: number;
  parent: number;
  uid: number;
  /** That is its own alone. */
  memoryBytes: number;
}

/** The processes of this machine, without those that have ended. */
export async function readProcesses(): Promise<Map<number, ProcessFacts>> {
  const found = new Map<number, ProcessFacts>();
  const names = await readdir('/proc').catch(() => []);
  for (const name of names) {
    if (!/^\d+$/.test(name)) continue;
    const status = await readFile(`/proc/${name}/status`, 'utf8').catch(
      () => '',
    );
    if (status === '' || /^State:\s+Z/m.test(status)) continue;
    const pid = Number(name);
    let memoryBytes = 0;
    for (const [, kilobytes] of status.matchAll(
      /^Rss(?:Anon|Shmem):\s+(\d+) kB$/gm,
    ))
      memoryBytes += Number(kilobytes) * 1024;
    found.set(pid, {
      pid,
      parent: Number(/^PPid:\s+(\d+)/m.exec(status)?.[1] ?? 0),
      uid: Number(/^Uid:\s+(\d+)/m.exec(status)?.[1] ?? -1),
      memoryBytes,
    });
  }
  return found;
}

/** The nearest of `roots` that a process is or comes from; undefined where it comes from none. */
export function rootOf(
  pid: number,
  processes: ReadonlyMap<number, ProcessFacts>,
  roots: { has(pid: number): boolean },
): number | undefined {
  for (
    let at: number | undefined = pid;
    at !== undefined && at > 1;
    at = processes.get(at)?.parent
  )
    if (roots.has(at)) return at;
  return undefined;
}
