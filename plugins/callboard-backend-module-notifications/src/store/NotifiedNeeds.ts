import {
  type DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import type { Need, NotifiedNeed } from '../needs';

type Knex = Awaited<ReturnType<DatabaseService['getClient']>>;
type Key = Pick<Need, 'app' | 'environment' | 'reason'>;

interface NotifiedRow extends NotifiedNeed {
  notified_at_ms: number | string | null;
  claimed_until_ms: number | string | null;
}

const HOUR_MS = 3_600_000;
/** Longer than a notification takes to be sent; after it another process may. */
const CLAIM_MS = 60_000;

/** What owners were notified, in the database of the plugin: a restart and a second process send nothing twice. */
export class NotifiedNeeds {
  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  static async open(database: DatabaseService): Promise<NotifiedNeeds> {
    const knex = await database.getClient();
    if (!database.migrations?.skip)
      await knex.migrate.latest({
        directory: resolvePackagePath(
          '@callboard/plugin-callboard-backend-module-notifications',
          'migrations',
        ),
        tableName: 'callboard_notifications_migrations',
      });
    return new NotifiedNeeds(knex);
  }

  async list(): Promise<NotifiedNeed[]> {
    const rows = await this.#knex<NotifiedRow>('notified_needs').whereNotNull(
      'notified_at_ms',
    );
    return rows.map(({ app, environment, reason, owner, what }) => ({
      app,
      environment,
      reason,
      owner,
      what,
    }));
  }

  /**
   * Takes the beginning of something for this process to send; false where another
   * one is notice it, or did.
   */
  async claimBegin(
    { owner, what, ...need }: NotifiedNeed,
    now: number,
  ): Promise<boolean> {
    const key = keyOf(need);
    await this.#knex('notified_needs')
      .insert({
        ...key,
        owner,
        what,
        notified_at_ms: null,
        claimed_until_ms: null,
      })
      .onConflict(['app', 'environment', 'reason'])
      .ignore();
    const claimed = await this.#free(key, now)
      .andWhere(due => due.whereNull('notified_at_ms').orWhereNot({ owner }))
      .update({ claimed_until_ms: now + CLAIM_MS });
    return claimed === 1;
  }

  /** The same for the end of something. */
  async claimEnd(notified: NotifiedNeed, now: number): Promise<boolean> {
    const claimed = await this.#free(keyOf(notified), now)
      .whereNotNull('notified_at_ms')
      .update({ claimed_until_ms: now + CLAIM_MS });
    return claimed === 1;
  }

  /** Lets go of what was claimed and not notified. */
  async release(notified: Key): Promise<void> {
    await this.#knex('notified_needs')
      .where(keyOf(notified))
      .update({ claimed_until_ms: null });
  }

  /** Remembers that its owner was notified that it begins. */
  async keepBegun(notified: NotifiedNeed, now: number): Promise<void> {
    const { owner, what } = notified;
    await this.#knex.transaction(async tx => {
      await tx('notified_needs')
        .where(keyOf(notified))
        .update({ owner, what, notified_at_ms: now, claimed_until_ms: null });
      await tx('sent_notifications').insert({ owner, at_ms: now });
    });
  }

  /** Remembers that its owner was notified that it is over. */
  async keepEnded(notified: NotifiedNeed, now: number): Promise<void> {
    await this.#knex.transaction(async tx => {
      await tx('notified_needs').where(keyOf(notified)).delete();
      await tx('sent_notifications').insert({
        owner: notified.owner,
        at_ms: now,
      });
    });
  }

  /** Forgets what was sent about apps that are no more. */
  async forget(apps: readonly string[]): Promise<void> {
    for (const app of apps)
      await this.#knex('notified_needs').where({ app }).delete();
  }

  /** How many notifications an owner got in the hour before `now`. */
  async countSent(owner: string, now: number): Promise<number> {
    await this.#knex('sent_notifications')
      .where('at_ms', '<', now - HOUR_MS)
      .delete();
    const [{ count }] = await this.#knex('sent_notifications')
      .where({ owner })
      .count({ count: '*' });
    return Number(count);
  }

  #free(key: Key, now: number) {
    return this.#knex('notified_needs')
      .where(key)
      .andWhere(free =>
        free
          .whereNull('claimed_until_ms')
          .orWhere('claimed_until_ms', '<=', now),
      );
  }
}

function keyOf({ app, environment, reason }: Key): Key {
  return { app, environment, reason };
}
