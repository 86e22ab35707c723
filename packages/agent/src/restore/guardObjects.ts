import type { ObjectPlace } from '../desired/ObjectPlace';
import { followCollection } from './followCollection';
import { orderOf } from './orderOf';
import { type RestoreContext, restoreObject } from './restoreObject';

const SOON_MS = 1_000;
const LATER_MS = 30_000;
const MAX_PAUSE_MS = 60_000;

/** The next check of an object, and the version at which it needs none. */
interface Watched {
  place: ObjectPlace;
  dueAtMs: number | undefined;
  settledAt?: string;
  failures: number;
}

/** Wakes the waiting loop, after a time or when it is notified. */
class Alarm {
  #wake: () => void = () => undefined;

  ring(): void {
    this.#wake();
  }

  wait(ms: number): Promise<void> {
    return new Promise(resolve => {
      const timer = setTimeout(
        resolve,
        Math.min(Math.max(0, ms), MAX_PAUSE_MS),
      );
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/**
 * Restores every object that is missing or not in its desired state, until the
 * signal aborts: checks each object at once, and again whenever its version
 * changes. One at a time: when this resolves nothing is in progress.
 */
export async function guardObjects(
  context: RestoreContext & { soonMs?: number },
): Promise<void> {
  const { state, signal, api, soonMs = SOON_MS } = context;
  const watched = new Map<string, Watched>();
  const alarm = new Alarm();
  signal.addEventListener('abort', () => alarm.ring(), { once: true });
  for (const { place } of state.desired.list())
    watched.set(place.key, { place, dueAtMs: 0, failures: 0 });

  const look = (each: Watched) => {
    each.dueAtMs = Math.min(each.dueAtMs ?? Infinity, performance.now());
    alarm.ring();
  };
  const following = [...groupByCollection(watched)].map(
    ([collection, members]) =>
      followCollection(
        api,
        {
          collection,
          onList: found =>
            members.forEach((each, name) => {
              const version = found.get(name);
              if (version === undefined || version !== each.settledAt)
                look(each);
            }),
          onEvent: (name, version) => {
            const each = members.get(name);
            if (each && (version === undefined || version !== each.settledAt))
              look(each);
          },
          onBlind: () => members.forEach(look),
        },
        signal,
      ),
  );

  const order = [...watched.values()].sort((a, b) =>
    orderOf(a.place) < orderOf(b.place) ? -1 : 1,
  );
  while (!signal.aborted) {
    const nowMs = performance.now();
    const due = order.find(each => (each.dueAtMs ?? Infinity) <= nowMs);
    if (due === undefined) {
      await alarm.wait(nextOf(order) - nowMs);
      continue;
    }
    due.dueAtMs = undefined;
    await lookAt(due, context, soonMs);
  }
  await Promise.all(following);
}

async function lookAt(
  each: Watched,
  context: RestoreContext,
  soonMs: number,
): Promise<void> {
  const outcome = await restoreObject(each.place.key, context).catch(
    () => ({ kind: 'soon' } as const), // the API server does not respond
  );
  if (outcome.kind === 'settled') {
    each.settledAt = outcome.resourceVersion;
    each.failures = 0;
    return;
  }
  each.failures += 1;
  const backOffMs = soonMs * 2 ** Math.min(each.failures - 1, 5);
  const waitMs = outcome.kind === 'later' ? LATER_MS : backOffMs;
  each.dueAtMs = Math.min(
    each.dueAtMs ?? Infinity,
    performance.now() + Math.min(waitMs, MAX_PAUSE_MS),
  );
}

function groupByCollection(
  watched: Map<string, Watched>,
): Map<string, Map<string, Watched>> {
  const groups = new Map<string, Map<string, Watched>>();
  for (const each of watched.values()) {
    const { collection, namespace, name } = each.place;
    const group = groups.get(collection) ?? new Map<string, Watched>();
    group.set(namespace === undefined ? name : `${namespace}/${name}`, each);
    groups.set(collection, group);
  }
  return groups;
}

function nextOf(order: Watched[]): number {
  return Math.min(...order.map(each => each.dueAtMs ?? Infinity));
}
