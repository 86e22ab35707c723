import { setTimeout as sleep } from 'node:timers/promises';
import { isRecord } from '@callboard/tunnel';
import type { ApiServer } from '../api/ApiServer';
import { askJson } from '../api/readJson';

const LABELS = 'labelSelector=app.kubernetes.io%2Fmanaged-by%3Dcallboard';
const METADATA = 'v=v1;g=meta.k8s.io,application/json';
const PAGE = 250;
const MAX_PAGES = 100;
const MAX_BYTES = 4 * 1024 * 1024;
const MAX_LINE = 1024 * 1024;
const DEADLINE_MS = 10_000;
const WATCH_MS = 50_000; // then it is listed again: an event that a watch missed is not missed for longer
const GRACE_MS = 10_000; // for a server that does not end a watch when it should

export interface FollowOptions {
  /** Path of all objects of a kind: `/apis/apps/v1/deployments`. */
  collection: string;
  /** Receives all objects that exist, by `namespace/name`, with their version. */
  onList: (found: Map<string, string>) => void;
  /** Receives one object that exists in this version, or no longer exists. */
  onEvent: (name: string, resourceVersion: string | undefined) => void;
  /** Called when listing is forbidden or fails: each object has to be read by itself. */
  onBlind: () => void;
  /** How long to wait before trying again; half a watch when omitted. */
  blindMs?: number;
}

/**
 * Follows Callboard's objects of one kind until the signal aborts: lists,
 * watches, lists again. Reads only their metadata.
 */
export async function followCollection(
  api: ApiServer,
  options: FollowOptions,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      const resourceVersion = await list(api, options);
      if (signal.aborted) return;
      await watch(api, { ...options, resourceVersion }, signal);
    } catch {
      if (signal.aborted) return;
      options.onBlind();
      const ms = options.blindMs ?? WATCH_MS / 2;
      await sleep(ms, undefined, { signal }).catch(() => undefined);
    }
  }
}

async function list(
  api: ApiServer,
  { collection, onList }: FollowOptions,
): Promise<string> {
  const found = new Map<string, string>();
  let next = '';
  for (let page = 0; page < MAX_PAGES; page++) {
    const path = `${collection}?${LABELS}&limit=${PAGE}${
      next && `&continue=${encodeURIComponent(next)}`
    }`;
    const headers = {
      accept: `application/json;as=PartialObjectMetadataList;${METADATA}`,
    };
    const { status, value } = await askJson(
      api,
      { method: 'GET', path, headers },
      { signal: AbortSignal.timeout(DEADLINE_MS), maxBytes: MAX_BYTES },
    );
    if (status !== 200 || !isRecord(value) || !Array.isArray(value.items))
      throw new Error(`HTTP ${status}`);
    for (const item of value.items) {
      const each = readVersion(item);
      if (each) found.set(each.name, each.resourceVersion);
    }
    const metadata = isRecord(value.metadata) ? value.metadata : {};
    next = typeof metadata.continue === 'string' ? metadata.continue : '';
    if (next === '') {
      onList(found);
      return String(metadata.resourceVersion ?? '');
    }
  }
  throw new Error('there is no end to it');
}

async function watch(
  api: ApiServer,
  {
    collection,
    resourceVersion,
    onEvent,
  }: FollowOptions & { resourceVersion: string },
  signal: AbortSignal,
): Promise<void> {
  const path = `${collection}?${LABELS}&watch=true&allowWatchBookmarks=true&resourceVersion=${encodeURIComponent(
    resourceVersion,
  )}&timeoutSeconds=${WATCH_MS / 1000}`;
  const headers = {
    accept: `application/json;as=PartialObjectMetadata;${METADATA}`,
  };
  const { status, body } = await api.send(
    { method: 'GET', path, headers },
    AbortSignal.any([signal, AbortSignal.timeout(WATCH_MS + GRACE_MS)]),
  );
  if (status !== 200) throw new Error(`HTTP ${status}`);
  for await (const line of readLines(body)) {
    const event: unknown = JSON.parse(line);
    if (!isRecord(event) || event.type === 'ERROR') return; // the watch expired: it is listed again
    const each = readVersion(event.object);
    if (each === undefined || event.type === 'BOOKMARK') continue;
    onEvent(
      each.name,
      event.type === 'DELETED' ? undefined : each.resourceVersion,
    );
  }
}

async function* readLines(
  body: AsyncIterable<Uint8Array>,
): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > MAX_LINE) throw new Error('a line has no end');
    yield* lines.filter(line => line !== '');
  }
}

function readVersion(
  value: unknown,
): { name: string; resourceVersion: string } | undefined {
  const metadata = isRecord(value) ? value.metadata : undefined;
  if (!isRecord(metadata)) return undefined;
  const { namespace, name, resourceVersion } = metadata;
  if (typeof name !== 'string' || typeof resourceVersion !== 'string')
    return undefined;
  return {
    name: typeof namespace === 'string' ? `${namespace}/${name}` : name,
    resourceVersion,
  };
}
