import { type AppNeeds, type Need, keyOf } from './Need';

/** A need whose beginning was sent to its owner, and whose end was not yet. */
export interface NotifiedNeed {
  app: string;
  environment: string;
  reason: string;
  owner: string;
  what: string;
}

/** What to send next, the most severe first and what is over last. */
export type Notice =
  | { kind: 'begins'; need: Need }
  | { kind: 'ended'; notified: NotifiedNeed };

/** How long each key has been as it is seen now; written by {@link watchNeeds}. */
export type Watch = ReadonlyMap<string, { isNeeded: boolean; since: number }>;

export interface Seen {
  apps: readonly AppNeeds[];
  notified: readonly NotifiedNeed[];
}

/**
 * Carries the watch on: a key that is as before keeps its instant, one that
 * changed begins at `now`. What is neither needed nor was sent is forgotten.
 */
export function watchNeeds(
  before: Watch,
  { apps, notified }: Seen,
  now: number,
): Watch {
  const needed = new Set(apps.flatMap(({ needs }) => needs.map(keyOf)));
  return new Map(
    [...new Set([...needed, ...notified.map(keyOf)])].map(key => {
      const isNeeded = needed.has(key);
      const known = before.get(key);
      return [
        key,
        known?.isNeeded === isNeeded ? known : { isNeeded, since: now },
      ];
    }),
  );
}

/**
 * What is to be sent to owners now. Level-based: nothing of what was sent before is
 * repeated, and what did not last for `afterMs` is not notified. A new owner is sent
 * what the one before was. Where clusters are silent nothing is over; an app that
 * was deleted needs nobody.
 */
export function decideNotifications(
  { apps, notified }: Seen,
  watch: Watch,
  { now, afterMs }: { now: number; afterMs: number },
): Notice[] {
  const notifiedByKey = new Map(notified.map(each => [keyOf(each), each]));
  const byApp = new Map(apps.map(each => [each.app, each]));
  const lasts = (key: string, isNeeded: boolean) => {
    const known = watch.get(key);
    return known?.isNeeded === isNeeded && now - known.since >= afterMs;
  };
  const begins = apps
    .flatMap(({ needs }) => needs)
    .filter(
      need =>
        notifiedByKey.get(keyOf(need))?.owner !== need.owner &&
        lasts(keyOf(need), true),
    )
    .sort(
      (a, b) =>
        Number(b.severity === 'high') - Number(a.severity === 'high') ||
        keyOf(a).localeCompare(keyOf(b)),
    )
    .map(need => ({ kind: 'begins', need } as const));
  const ended = notified
    .filter(each => {
      const app = byApp.get(each.app);
      return (
        lasts(keyOf(each), false) && app?.known.has(each.environment) === true
      );
    })
    .sort((a, b) => keyOf(a).localeCompare(keyOf(b)))
    .map(each => ({ kind: 'ended', notified: each } as const));
  return [...begins, ...ended];
}
