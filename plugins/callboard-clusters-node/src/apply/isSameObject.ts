import { isDeepStrictEqual } from 'node:util';
import type { KubeObject } from '@callboard/plugin-callboard-common';

/**
 * True when an apply changed nothing relevant: compares without `status` and
 * server-set metadata, which controllers write at any time.
 */
export function isSameObject(before: KubeObject, after: KubeObject): boolean {
  return isDeepStrictEqual(
    withoutBookkeeping(before),
    withoutBookkeeping(after),
  );
}

function withoutBookkeeping(object: KubeObject): unknown {
  const { status: _status, metadata, ...rest } = object;
  const {
    name,
    namespace,
    uid,
    labels,
    annotations,
    ownerReferences,
    finalizers,
  } = metadata;
  return JSON.parse(
    JSON.stringify({
      ...rest,
      metadata: {
        name,
        namespace,
        uid,
        labels,
        annotations,
        ownerReferences,
        finalizers,
      },
    }),
  );
}
