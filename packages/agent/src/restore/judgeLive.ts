import { readWriters } from '@callboard/tunnel';
import {
  FIELD_MANAGER,
  type LiveObject,
  fingerprintIn,
} from '../desired/KeptObject';
import { isWithin } from './compareObjects';

const MANAGED_BY = 'app.kubernetes.io/managed-by';

/** How an object on the cluster compares with its desired state. */
export type LiveVerdict =
  | 'missing'
  /** It is being deleted; a new one can be made once it is gone. */
  | 'terminating'
  | 'in-place'
  /** Callboard itself has applied a newer state: the kept one is out of date. */
  | 'superseded'
  | 'of-somebody-else'
  /** It may differ: the API server is asked what applying would change. */
  | 'perhaps-changed';

/**
 * Compares a live object with its desired state; changes nothing. Never
 * `perhaps-changed` for an object that follows a newer desired state of the
 * hub: the agent does not undo the hub's changes. An object without a
 * fingerprint (an inventory) is only ever recreated.
 */
export function judgeLive(
  wanted: LiveObject,
  live: LiveObject | undefined,
): LiveVerdict {
  if (live === undefined) return 'missing';
  if (live.metadata.deletionTimestamp !== undefined) return 'terminating';
  const [desired, mark] = [fingerprintIn(wanted), fingerprintIn(live)];
  if (desired === undefined) return 'in-place';
  if (mark !== undefined && mark !== desired) return 'superseded';
  if (mark === undefined && !isCallboards(live)) return 'of-somebody-else';
  return isWithin(wanted, live) ? 'in-place' : 'perhaps-changed';
}

function isCallboards(live: LiveObject): boolean {
  return (
    live.metadata.labels?.[MANAGED_BY] === FIELD_MANAGER ||
    readWriters(live.metadata).some(
      each => each.manager === FIELD_MANAGER && each.operation === 'Apply',
    )
  );
}
