import type { LoggerService } from '@backstage/backend-plugin-api';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { ChangeSignal } from '@callboard/plugin-callboard-common';
import type {
  CallboardClient,
  ChangeSubscriber,
} from '@callboard/plugin-callboard-node';
import {
  type AppNeeds,
  type Need,
  type Notice,
  type NotifiedNeed,
  type Watch,
  decideNotifications,
  payloadOf,
  readNeeds,
  watchNeeds,
} from './needs';
import type { NotificationSettings } from './readSettings';
import type { NotifiedNeeds } from './store';

/** Beyond so many changed apps all are read at once. */
const MOST_SINGLE_READS = 50;
/** What no change said is found by then. */
const READ_ALL_MS = 600_000;

export interface OwnerNotifierDeps {
  callboard: Pick<CallboardClient, 'ask' | 'list'>;
  notifications: NotificationService;
  notified: Pick<
    NotifiedNeeds,
    | 'list'
    | 'claimBegin'
    | 'claimEnd'
    | 'release'
    | 'keepBegun'
    | 'keepEnded'
    | 'forget'
    | 'countSent'
  >;
  settings: NotificationSettings;
  logger: LoggerService;
  now(): number;
}

/**
 * Notifies the owners of apps of what begins to need them and of its end. Changes
 * only say what to read again; what is sent follows from what is and what was
 * notified, so that it may be killed at any instant: what was sent and not yet
 * remembered is sent once more, in its own place.
 */
export class OwnerNotifier implements ChangeSubscriber {
  readonly name = 'notifications to owners';
  readonly #deps: OwnerNotifierDeps;
  readonly #apps = new Map<string, AppNeeds>();
  readonly #changed = new Set<string>();
  #watch: Watch = new Map();
  #readAllAt = 0;
  /** Nothing is due until something changes. */
  #isSettled = false;

  constructor(deps: OwnerNotifierDeps) {
    this.#deps = deps;
  }

  async notify(changes: readonly ChangeSignal[]): Promise<void> {
    for (const { kind, name } of changes)
      if (kind === 'app' && name !== undefined) this.#changed.add(name);
  }

  /** Reads what changed and sends what is due. Rejects when apps cannot be read; what was to be read stays so. */
  async pass(): Promise<void> {
    const { notified, now, settings } = this.#deps;
    const mustRead =
      this.#changed.size > 0 || now() - this.#readAllAt >= READ_ALL_MS;
    if (this.#isSettled && !mustRead) return;
    this.#isSettled = false;
    await this.#read();
    const all = await notified.list();
    const gone = [...new Set(all.map(({ app }) => app))].filter(
      app => !this.#apps.has(app),
    );
    await notified.forget(gone);
    const seen = {
      apps: [...this.#apps.values()],
      notified: all.filter(({ app }) => !gone.includes(app)),
    };
    this.#watch = watchNeeds(this.#watch, seen, now());
    const notices = decideNotifications(seen, this.#watch, {
      now: now(),
      afterMs: settings.afterMs,
    });
    for (const notice of notices) await this.#send(notice);
    this.#isSettled =
      notices.length === 0 &&
      [...this.#watch.values()].every(
        ({ since }) => now() - since >= settings.afterMs,
      );
  }

  async #read(): Promise<void> {
    const { callboard, now } = this.#deps;
    if (
      this.#changed.size > MOST_SINGLE_READS ||
      now() - this.#readAllAt >= READ_ALL_MS
    )
      return this.#readAll();
    for (const app of [...this.#changed]) {
      this.#changed.delete(app); // before it is read: what changes meanwhile counts again
      const read = await callboard
        .ask('getApp', { path: { app } })
        .catch(() => undefined);
      // Deleted, or nothing answers: what there is says which.
      if (!read) {
        this.#readAllAt = 0;
        return this.#readAll();
      }
      this.#apps.set(app, readNeeds(read));
    }
    return undefined;
  }

  async #readAll(): Promise<void> {
    const { callboard, now } = this.#deps;
    const startedAt = now();
    this.#changed.clear();
    const apps = await callboard.list('listApps', {}).catch(error => {
      this.#readAllAt = 0;
      throw error;
    });
    this.#apps.clear();
    apps.forEach(app => this.#apps.set(app.name, readNeeds(app)));
    this.#readAllAt = startedAt;
  }

  async #send(notice: Notice): Promise<void> {
    const { notifications, notified, settings, now, logger } = this.#deps;
    const of =
      notice.kind === 'begins' ? notifiedOf(notice.need) : notice.notified;
    // What is held back is decided on again with every pass, and sent when the hour has room.
    if ((await notified.countSent(of.owner, now())) >= settings.perHour) return;
    const isMine =
      notice.kind === 'begins'
        ? await notified.claimBegin(of, now())
        : await notified.claimEnd(of, now());
    if (!isMine) return;
    try {
      await notifications.send({
        recipients: { type: 'entity', entityRef: of.owner },
        payload: payloadOf(notice),
      });
    } catch (error) {
      await notified.release(of);
      throw error;
    }
    if (notice.kind === 'begins') await notified.keepBegun(of, now());
    else await notified.keepEnded(of, now());
    logger.info('owner notified', {
      app: of.app,
      environment: of.environment,
      reason: of.reason,
      kind: notice.kind,
    });
  }
}

function notifiedOf({
  app,
  environment,
  reason,
  owner,
  what,
}: Need): NotifiedNeed {
  return { app, environment, reason, owner, what };
}
