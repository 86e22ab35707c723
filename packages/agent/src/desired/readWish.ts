import type { RequestHead } from '@callboard/tunnel';
import { FIELD_MANAGER } from './KeptObject';
import { type ObjectPlace, readObjectPlace } from './ObjectPlace';

/** What a request of the hub wishes for one object; undefined when it changes nothing that is kept. */
export type Wish =
  | { kind: 'apply'; place: ObjectPlace }
  | { kind: 'delete'; place: ObjectPlace };

export function readWish({
  method,
  path,
  headers,
}: RequestHead): Wish | undefined {
  if (method !== 'PATCH' && method !== 'DELETE') return undefined;
  const place = readObjectPlace(path);
  const query = new URLSearchParams(path.split('?')[1] ?? '');
  if (place === undefined || query.has('dryRun')) return undefined;
  if (method === 'DELETE') return { kind: 'delete', place };
  const isApply =
    (headers['content-type'] ?? '').startsWith('application/apply-patch') &&
    query.get('fieldManager') === FIELD_MANAGER;
  return isApply ? { kind: 'apply', place } : undefined;
}
