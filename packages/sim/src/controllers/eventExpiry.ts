import { getPath, type SimObject } from '../json';
import { type ClusterClient, storageOf } from './ClusterClient';
import type { Controller } from './Controller';

const KEPT_MS = 3_600_000; // the default of an API server
const SWEEP_MS = 300_000;

/** Deletes events after an hour. */
export function eventExpiry(client: ClusterClient): Controller {
  const events = storageOf('Event');
  return {
    name: 'event-expiry',
    keysOf: ({ storage, type }) =>
      storage === events && type === 'ADDED' ? ['sweep/'] : [],
    reconcile() {
      const oldest = client.now().getTime() - KEPT_MS;
      const all = client.list('Event');
      const expired = all.filter(event => lastSeen(event) < oldest);
      expired.forEach(event => client.delete(event));
      return all.length > expired.length ? SWEEP_MS : undefined;
    },
  };
}

function lastSeen(event: SimObject): number {
  const time =
    getPath(event, ['lastTimestamp']) ??
    getPath(event, ['eventTime']) ??
    event.metadata.creationTimestamp;
  return Date.parse(String(time));
}
