import { type Result, ok } from '@callboard/plugin-callboard-common';
import type { ClusterConnection } from '@callboard/plugin-callboard-node';
import { type KeptLine, readKeptLines } from './LogPosition';
import type { Container } from './listContainers';

const CALL_MS = 5_000;
const FEWEST = 10; // lines that are requested where they are very long

/** Which part of a container's output is read. */
export interface Reading {
  /** Maximum number of lines, the last ones. */
  lines: number;
  limitBytes: number;
  since?: string;
  previous?: boolean;
}

/**
 * The last output of a container. Where it exceeds the byte limit, fewer lines
 * are requested: a cluster would omit the newest.
 */
export async function readContainer(
  connection: ClusterConnection,
  container: Container,
  { lines, limitBytes, since, previous }: Reading,
): Promise<Result<KeptLine[]>> {
  for (let tailLines = lines; ; tailLines = Math.ceil(tailLines / 4)) {
    const text = await connection.readLogs(
      { namespace: container.namespace, name: container.instance },
      {
        container: container.name,
        tailLines,
        limitBytes,
        sinceTime: since,
        previous,
        timestamps: true,
        deadlineMs: CALL_MS,
      },
    );
    if (!text.ok) return text;
    const isCut = Buffer.byteLength(text.value) >= limitBytes;
    if (isCut && tailLines > FEWEST) continue;
    return ok(
      readKeptLines(text.value.split('\n').filter(line => line !== '')),
    );
  }
}
