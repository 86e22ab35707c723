import { readFileSync } from 'node:fs';

/** What a process holds, in MB (2^20 bytes), as the kernel counts it. */
export interface Memory {
  /** All pages that are mapped: also of the program's file, which all processes of it share. */
  resident: number;
  /** Pages that no file stands behind: heap, stacks, buffers. */
  anonymous: number;
  /** Pages that are this process's alone. */
  own: number;
}

export function memoryOf(pid: number): Memory {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  const read = (name: string) =>
    Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0) / 1024;
  return {
    resident: read('Rss'),
    anonymous: read('Anonymous'),
    own: read('Private_Clean') + read('Private_Dirty'),
  };
}

/** Processor time of a process so far, in milliseconds; counted in ticks of 10. */
export function processorTimeOf(pid: number): number {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
