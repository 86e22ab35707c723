import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  LONGEST_PAUSE_MS,
  type PortalRun,
  type RunStep,
  describeGap,
  stepRun,
} from '@callboard/plugin-callboard-core';
import { describeDuration } from '@callboard/plugin-callboard-common';
import type { Knex } from 'knex';
import {
  type JournalDraft,
  type StoreCondition,
  appendJournal,
  beginRun,
  extendRun,
  findRunEnds,
  lockRuns,
} from '../store';
import type { Timers } from '../Timers';
import type { ChangeFeed } from './ChangeFeed';

const EXTEND_MS = 10_000; // precision of the time at which a killed portal was last running

/** Parts of the context that it needs, which are created with the loop. */
export interface RunContext {
  deps: {
    knex: Knex;
    clock: { now(): Date };
    holderId: string;
    logger: LoggerService;
  };
  changes: ChangeFeed;
  condition: StoreCondition;
  timers: Timers;
}

/** Records that this process is running, so that gaps without a running portal are known. */
export class RunKeeper {
  readonly #context: RunContext;
  #own: (PortalRun & { position: number }) | undefined;
  #triedAt: Date | undefined;
  #before: Date | undefined;
  #cancel?: () => void;
  #isStopped = false;
  #turn: Promise<void> = Promise.resolve();

  constructor(context: RunContext) {
    this.#context = context;
  }

  /** Time until which a portal was running before this start, where that is known. */
  get before(): Date | undefined {
    return this.#before;
  }

  /** Resolves once the time before this start is recorded. */
  start(): Promise<void> {
    return this.#takeTurn();
  }

  /** Resolves once what is due is recorded. */
  settled(): Promise<void> {
    return this.#turn;
  }

  /** Extends the run until now. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancel?.();
    await this.#turn;
    await this.#note();
  }

  #takeTurn(): Promise<void> {
    this.#turn = this.#note().then(() => {
      if (this.#isStopped) return;
      this.#cancel = this.#context.timers.after(EXTEND_MS, () => {
        this.#takeTurn().catch(() => {});
      });
    });
    return this.#turn;
  }

  /** Entries that the database does not accept are written once it does. */
  async #note(): Promise<void> {
    const now = this.#context.deps.clock.now();
    try {
      await this.#record(now);
    } catch (error) {
      this.#context.condition.failed(error);
      this.#context.deps.logger.warn(
        'Cannot record that the portal is running',
        error as Error,
      );
    }
    this.#triedAt = now;
  }

  async #record(now: Date): Promise<void> {
    const { knex } = this.#context.deps;
    const own = this.#own;
    const step = await this.#decide(knex, now);
    switch (step.kind) {
      case 'wait':
        return;
      case 'extend':
        if (!own) return;
        await extendRun(knex, own.position, now);
        own.until = now;
        return;
      default:
        await knex.transaction(async tx => {
          await lockRuns(tx);
          await this.#begin(tx, now);
        });
    }
  }

  /** Within the lock: another process may have recorded the gap meanwhile. */
  async #begin(tx: Knex.Transaction, now: Date): Promise<void> {
    const { deps, changes } = this.#context;
    const step = await this.#decide(tx, now);
    const draft = draftOf(step, now);
    const mark = draft && (await appendJournal(tx, [draft]));
    const gap = step.kind === 'begin' ? step.gap : undefined;
    const position = await beginRun(tx, {
      holder: deps.holderId,
      at: now,
      ...(gap && { after: gap.cause }),
      ...(mark && { entry: mark.sequence }),
    });
    this.#own = { position, from: now, until: now };
    if (!draft) return;
    deps.logger.info(draft.action, { says: draft.message });
    changes.notify({ kind: 'journal' });
  }

  async #decide(tx: Knex, now: Date): Promise<RunStep> {
    const own = this.#own;
    const facts = {
      ...(own && { own }),
      ...(this.#triedAt && { triedAt: this.#triedAt }),
    };
    const alone = stepRun(facts, now);
    // The usual case asks the database nothing.
    if (own && alone.kind !== 'begin') return alone;
    const upTo = new Date(now.getTime() + LONGEST_PAUSE_MS);
    const ends = await findRunEnds(tx, upTo);
    if (!own && ends.lastUntil && ends.lastUntil <= now)
      this.#before = ends.lastUntil;
    return stepRun({ ...facts, ...ends }, now);
  }
}

function draftOf(step: RunStep, now: Date): JournalDraft | undefined {
  const about = { at: now, actor: 'system:portal' };
  switch (step.kind) {
    case 'begin':
      return (
        step.gap && {
          ...about,
          action: 'portal.away',
          message: describeGap(step.gap),
          after: step.gap,
        }
      );
    case 'begin-earlier':
      return {
        ...about,
        action: 'portal.clock-moved-back',
        message: `The clock of the portal is ${describeDuration(
          step.aheadMs,
        )} behind what was recorded last`,
        why: 'it was moved back; times of what happens until it has caught up are told twice',
      };
    default:
      return undefined;
  }
}
