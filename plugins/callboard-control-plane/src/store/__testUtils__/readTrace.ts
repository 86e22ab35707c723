/** What a process did to its disk, in order. */
export type DiskEvent =
  | { kind: 'write'; file: string; offset: number; bytes: Buffer }
  | { kind: 'truncate'; file: string; length: number }
  | { kind: 'sync'; file: string }
  | { kind: 'remove'; file: string }
  /** What the process said to the world. */
  | { kind: 'said'; text: string };

export const STRACE_OPTIONS = [
  '-f',
  '-y', // names of files beside their descriptors
  '-xx',
  ...['-s', '4194304'],
  ...[
    '-e',
    'trace=write,pwrite64,lseek,ftruncate,fsync,fdatasync,unlink,unlinkat',
  ],
];

/** Reads what strace wrote, as far as it concerns `folder` and standard output. */
export function readTrace(trace: string, folder: string): DiskEvent[] {
  const positions = new Map<string, number>();
  const events: DiskEvent[] = [];
  for (const line of joinUnfinished(trace)) {
    // A call that was cut in two has its result in a column of its own.
    const call = /^(\w+)\((.*)\) += (\d+)/.exec(line);
    if (!call) continue;
    const [, name, args, result] = call;
    if (name === 'unlink' || name === 'unlinkat') {
      const file = decode(/"((?:\\x..)*)"/.exec(args)?.[1] ?? '').toString();
      if (file.startsWith(folder)) events.push({ kind: 'remove', file });
      continue;
    }
    const target = /^(\d+)<((?:\\x..|[^>])*)>/.exec(args);
    if (!target) continue;
    const [, descriptor, named] = target;
    const file = named.includes('\\x') ? decode(named).toString() : named;
    const data = () => decode(/"((?:\\x..)*)"/.exec(args)?.[1] ?? '');
    if (descriptor === '1' && name === 'write') {
      events.push({ kind: 'said', text: data().toString() });
      continue;
    }
    if (!file.startsWith(folder)) continue;
    switch (name) {
      case 'lseek':
        positions.set(descriptor, Number(result));
        break;
      case 'write': {
        const offset = positions.get(descriptor) ?? 0;
        const bytes = data().subarray(0, Number(result));
        events.push({ kind: 'write', file, offset, bytes });
        positions.set(descriptor, offset + bytes.length);
        break;
      }
      case 'pwrite64': {
        const offset = Number(/, (\d+)$/.exec(args)?.[1]);
        const bytes = data().subarray(0, Number(result));
        events.push({ kind: 'write', file, offset, bytes });
        break;
      }
      case 'ftruncate':
        events.push({
          kind: 'truncate',
          file,
          length: Number(/, (\d+)$/.exec(args)?.[1]),
        });
        break;
      default:
        events.push({ kind: 'sync', file });
    }
  }
  return events;
}

/** Calls that another thread's output cut in two, made whole; process ids left out. */
function* joinUnfinished(trace: string): Iterable<string> {
  const begun = new Map<string, string>();
  for (const line of trace.split('\n')) {
    const [, pid = '', text = line] = /^(\d+)\s+(.*)$/.exec(line) ?? [];
    const unfinished = /^(.*) <unfinished \.\.\.>$/.exec(text);
    const resumed = /^<\.\.\. \w+ resumed>(.*)$/.exec(text);
    if (unfinished) begun.set(pid, unfinished[1]);
    else if (resumed) yield `${begun.get(pid) ?? ''}${resumed[1]}`;
    else yield text;
  }
}

function decode(hex: string): Buffer {
  return Buffer.from(hex.replaceAll('\\x', ''), 'hex');
}
