import { isRecord } from '@callboard/tunnel';
import type { ApiServer } from '../api/ApiServer';
import { askJson } from '../api/readJson';
import {
  FIELD_MANAGER,
  type LiveObject,
  readLiveObject,
} from '../desired/KeptObject';

const DEADLINE_MS = 10_000;
const MAX_BYTES = 4 * 1024 * 1024;

/** The API server's response to a desired state. */
export type DesiredAnswer =
  | { kind: 'taken'; object: LiveObject }
  | { kind: 'conflict'; conflicts: Array<{ field: string; manager: string }> }
  /** It was changed since it was read, or the server is busy. */
  | { kind: 'busy' }
  | { kind: 'namespace-away' }
  /** Without the server's own text, which may quote a Secret. */
  | { kind: 'refused'; why: string };

export interface DesiredOptions {
  dryRun?: boolean;
  force?: boolean;
  /** Applies only if the object still has this version. */
  resourceVersion?: string;
}

/** Server-side apply with Callboard's field manager. Throws when no response arrived. */
export async function sendDesired(
  api: ApiServer,
  { path, wanted }: { path: string; wanted: LiveObject },
  { dryRun, force, resourceVersion }: DesiredOptions = {},
): Promise<DesiredAnswer> {
  const query = `fieldManager=${FIELD_MANAGER}${force ? '&force=true' : ''}${
    dryRun ? '&dryRun=All' : ''
  }`;
  const body = JSON.stringify(
    resourceVersion === undefined
      ? wanted
      : { ...wanted, metadata: { ...wanted.metadata, resourceVersion } },
  );
  const { status, value } = await askJson(
    api,
    {
      method: 'PATCH',
      path: `${path}?${query}`,
      headers: { 'content-type': 'application/apply-patch+yaml' },
      body,
    },
    { signal: AbortSignal.timeout(DEADLINE_MS), maxBytes: MAX_BYTES },
  );
  return readAnswer(status, value);
}

/** Reads the live object; undefined when there is none. Throws when no response arrived or reading is forbidden. */
export async function readLive(
  api: ApiServer,
  path: string,
): Promise<LiveObject | undefined> {
  const { status, value } = await askJson(
    api,
    { method: 'GET', path },
    { signal: AbortSignal.timeout(DEADLINE_MS), maxBytes: MAX_BYTES },
  );
  if (status === 404) return undefined;
  const object = status === 200 ? readLiveObject(value) : undefined;
  if (object === undefined) throw new Error(`HTTP ${status}`);
  return object;
}

function readAnswer(status: number, value: unknown): DesiredAnswer {
  const object = status < 300 ? readLiveObject(value) : undefined;
  if (object !== undefined) return { kind: 'taken', object };
  const { reason, details } = isRecord(value) ? value : {};
  const causes =
    isRecord(details) && Array.isArray(details.causes)
      ? details.causes.filter(isRecord)
      : [];
  if (causes.some(each => each.reason === 'NamespaceTerminating'))
    return { kind: 'namespace-away' };
  if (status === 404 && isRecord(details) && details.kind === 'namespaces')
    return { kind: 'namespace-away' };
  if (status === 409) {
    const conflicts = causes
      .filter(each => each.reason === 'FieldManagerConflict')
      .map(({ field, message }) => ({
        field: String(field),
        manager: /^conflict with "([^"]*)"/.exec(String(message))?.[1] ?? '',
      }));
    return conflicts.length === 0
      ? { kind: 'busy' }
      : { kind: 'conflict', conflicts };
  }
  if (status === 429 || status >= 500) return { kind: 'busy' };
  const word = /^[A-Za-z]{1,40}$/.exec(String(reason))?.[0] ?? '';
  return {
    kind: 'refused',
    why: `its API server refuses: HTTP ${status} ${word}`.trim(),
  };
}
