import type { RequestHead } from '@callboard/tunnel';
import { FIELD_MANAGER } from './KeptObject';
import { type ObjectPlace, readObjectPlace } from './ObjectPlace';

/** Reads how a request of the hub changes the desired state; undefined when it changes nothing that is kept. */
export type DesiredChange =
  | { kind: 'apply'; place: ObjectPlace }
  | { kind: 'delete'; place: ObjectPlace };

export function readDesired({
  method,
  path,
  headers,
}: RequestHead): DesiredChange | undefined {
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
