import { LogFile } from './LogFile';

type Stream = Pick<NodeJS.WriteStream, 'write'>;
type Done = (error?: Error | null) => void;

/**
 * Writes the output of this process to `file`, or, without one, to its original
 * streams. In both cases a line that cannot be written is dropped. Without this
 * a full disk stops the portal: writing to a file throws, Backstage logs the
 * error, which throws again, without end.
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
        // There is no place to report it.
      }
      const called =
        typeof encodingOrDone === 'function' ? encodingOrDone : done;
      if (called) process.nextTick(called);
      return true;
    };
    stream.write = write as Stream['write'];
  }
}

/**
 * Opens the file that `npm start` names, whose size this process limits; none
 * where another program reads the output.
 */
export function openLogFile(env: NodeJS.ProcessEnv): LogFile | undefined {
  const path = env.CALLBOARD_LOG_FILE;
  return path ? new LogFile(path) : undefined;
}
