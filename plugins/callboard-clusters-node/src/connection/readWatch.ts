import {
  type Result,
  failed,
  ok,
  isRecord,
} from '@callboard/plugin-callboard-common';
import {
  type JsonLimits,
  type WatchEvent,
  parseJson,
} from '@callboard/plugin-callboard-node';
import { clusterAnswerInvalid } from './clusterProblems';
import { describeStatus } from './describeStatus';
import { readStatus } from './KubeStatus';
import { readKubeObject } from './readKubeObject';

export interface WatchContext {
  cluster: string;
  what: string;
  kind: { apiVersion: string; kind: string };
  limits: JsonLimits;
}

/**
 * Reads a watch: one JSON event per line. Ends after the first line that is not
 * an event (the stream may be out of sync); throws errors of the body.
 */
export async function* readWatch(
  body: AsyncIterable<Uint8Array>,
  context: WatchContext,
): AsyncGenerator<Result<WatchEvent>> {
  for await (const line of splitLines(body, context.limits.valueBytes)) {
    const event =
      line === 'too-long'
        ? nonsense(context, 'an event is too large')
        : readEvent(line, context);
    yield event;
    if (!event.ok || event.value.type === 'gone') return;
  }
}

const LINE_FEED = 0x0a;

/** Splits a body into lines without their ends. A rest after the last line feed is incomplete and dropped. */
async function* splitLines(
  body: AsyncIterable<Uint8Array>,
  maxBytes: number,
): AsyncGenerator<Uint8Array | 'too-long'> {
  let parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    let start = 0;
    for (
      let end = chunk.indexOf(LINE_FEED);
      end !== -1;
      end = chunk.indexOf(LINE_FEED, start)
    ) {
      const line = Buffer.concat([...parts, chunk.subarray(start, end)]);
      parts = [];
      size = 0;
      start = end + 1;
      if (line.byteLength > maxBytes) {
        yield 'too-long';
        return;
      }
      if (line.some(byte => byte > 0x20)) yield line;
    }
    if (start < chunk.byteLength) {
      parts.push(chunk.subarray(start));
      size += chunk.byteLength - start;
    }
    if (size > maxBytes) {
      yield 'too-long';
      return;
    }
  }
}

const TYPES = {
  ADDED: 'added',
  MODIFIED: 'modified',
  DELETED: 'deleted',
} as const;

function readEvent(
  line: Uint8Array,
  context: WatchContext,
): Result<WatchEvent> {
  const event = parseJson(line, context.limits);
  if (!isRecord(event))
    return nonsense(context, 'a line of the watch is not JSON');
  if (event.type === 'BOOKMARK') return readBookmark(event.object, context);
  if (event.type === 'ERROR') return readError(event.object, context);
  const type = Object.entries(TYPES).find(([name]) => name === event.type)?.[1];
  const object = readKubeObject(event.object, context.kind);
  return type === undefined || object?.metadata.resourceVersion === undefined
    ? nonsense(context, 'a line of the watch is not an event')
    : ok({ type, object });
}

function readBookmark(
  object: unknown,
  context: WatchContext,
): Result<WatchEvent> {
  const metadata =
    isRecord(object) && isRecord(object.metadata) ? object.metadata : {};
  return typeof metadata.resourceVersion === 'string'
    ? ok({ type: 'bookmark', resourceVersion: metadata.resourceVersion })
    : nonsense(context, 'a bookmark has no resourceVersion');
}

function readError(body: unknown, context: WatchContext): Result<WatchEvent> {
  const { cluster, what } = context;
  const status =
    isRecord(body) && typeof body.code === 'number' ? body.code : 500;
  if (status === 410 || readStatus(body)?.reason === 'Expired')
    return ok({ type: 'gone' });
  return failed({
    ...describeStatus({ cluster, what, status, body }),
    transient: true,
  });
}

function nonsense(
  { cluster, what }: WatchContext,
  why: string,
): Result<WatchEvent> {
  return failed(clusterAnswerInvalid(cluster, what, why));
}
