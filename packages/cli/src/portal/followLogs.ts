import {
  type LogLine,
  type OperationInput,
  readJsonLines,
} from '@callboard/plugin-callboard-common';
import type { Io } from '../Io';
import { type PortalClient, PortalError, PortalSilent } from './PortalClient';

const PAUSE_MS = 2_000; // a portal takes several of them to restart
const CATCH_UP_LINES = 1_000;

/** The latest timestamp of the output and the lines with it: these may be sent again. */
class LastLines {
  at: string | undefined;
  #lines = new Set<string>();

  isNew(line: LogLine): boolean {
    if (line.stream === 'callboard') return true;
    const key = `${line.cluster} ${line.instance} ${line.container} ${line.text}`;
    if (line.at === this.at && this.#lines.has(key)) return false;
    if (this.at === undefined || line.at > this.at) {
      this.at = line.at;
      this.#lines = new Set();
    }
    if (line.at === this.at) this.#lines.add(key);
    return true;
  }
}

/**
 * Reads an output to its end. An output that is followed has no end: when the
 * portal ends the response, as on a restart or after an hour, it is requested
 * again from the last line, without repeating lines.
 */
export async function followLogs(
  input: OperationInput<'readLogs'>,
  {
    client,
    io,
    end,
    print,
  }: {
    client: PortalClient;
    io: Pick<Io, 'err' | 'pause'>;
    end: AbortSignal;
    print: (line: LogLine) => void;
  },
): Promise<void> {
  const seen = new LastLines();
  let query = input.query ?? {};
  for (let isFirst = true; ; isFirst = false) {
    let isRead = false;
    try {
      isRead = await readOnce({ ...input, query });
    } catch (error) {
      if (end.aborted) return;
      if (isFirst || !query.follow || !isAway(error)) throw error;
    }
    if (end.aborted || !query.follow) return;
    if (!isRead) io.err('The output was cut off; it is asked for again');
    if (seen.at !== undefined)
      query = { ...query, since: seen.at, tail: CATCH_UP_LINES };
    await io.pause(PAUSE_MS, end);
    if (end.aborted) return;
  }

  /**
   * @returns false when the response broke off
   */
  async function readOnce(asked: OperationInput<'readLogs'>): Promise<boolean> {
    const answer = await client.ask('readLogs', asked, {}, end);
    try {
      for await (const lines of readJsonLines<LogLine>(answer.body!))
        for (const line of lines) {
          if (end.aborted) return true;
          if (seen.isNew(line)) print(line);
        }
      return true;
    } catch {
      return end.aborted; // the connection was lost
    }
  }
}

function isAway(error: unknown): boolean {
  return (
    error instanceof PortalSilent ||
    (error instanceof PortalError && error.status >= 500)
  );
}
