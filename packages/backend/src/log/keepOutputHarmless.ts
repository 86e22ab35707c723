import { LogFile } from './LogFile';

type Stream = Pick<NodeJS.WriteStream, 'write'>;
type Done = (error?: Error | null) => void;

/**
 * Sends what this process prints to `file`, or, without one, where it went
 * before. In both cases a line that cannot be written is left out. Without this
 * a full disk stops the portal: writing to a file throws, Backstage logs what was
 * thrown, which throws again, without end.
 */
export function keepOutputHarmless(
  { stdout, stderr }: { stdout: Stream; stderr: Stream },
  file?: LogFile,
): void {
  for (const stream of [stdout, stderr]) {
    const writeThrough = stream.write.bind(stream) as (
      chunk: string | Uint8Array,
    ) => boolean;
    const write = (
      chunk: string | Uint8Array,
      encodingOrDone?: BufferEncoding | Done,
      done?: Done,
    ): boolean => {
      try {
        if (file) file.write(chunk);
        else writeThrough(chunk);
      } catch {
        // Nowhere to say it.
      }
      const called =
        typeof encodingOrDone === 'function' ? encodingOrDone : done;
      if (called) process.nextTick(called);
      return true;
    };
    stream.write = write as Stream['write'];
  }
}

/** The file that `npm start` names, whose size this process keeps; none where output goes to anyone who reads it. */
export function openLogFile(env: NodeJS.ProcessEnv): LogFile | undefined {
  const path = env.CALLBOARD_LOG_FILE;
  return path ? new LogFile(path) : undefined;
}
