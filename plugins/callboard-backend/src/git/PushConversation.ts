import type { Problem } from '@callboard/plugin-callboard-common';
import {
  type JudgedUpdates,
  type Pusher,
  type RefUpdate,
  judgePush,
  settlePush,
} from '@callboard/plugin-callboard-git-node';
import type { Release } from '../doors/ConcurrencyLimiter';
import type { GitHostDeps } from './GitHostDeps';
import type { HookCall } from './hookScript';
import { plainLine, problemLines } from './problemLines';
import { watchRight } from '../doors/watchRight';

/** The result of a push, for the audit. */
export type PushOutcome =
  | { kind: 'not-judged' }
  | { kind: 'refused'; problem: Problem }
  | { kind: 'accepted'; commit?: string };

/**
 * Handles the hooks of one push: checks it before its branch moves, records it
 * after the branch has moved, and prints progress until the app is healthy, has
 * failed, or the time is over.
 */
export class PushConversation {
  outcome: PushOutcome = { kind: 'not-judged' };
  readonly #app: string;
  readonly #pusher: Pusher;
  readonly #deps: GitHostDeps;
  readonly #signal: AbortSignal;
  readonly #mayFollow: () => Promise<boolean>;
  readonly #startFollowing: () => Promise<Release | undefined>;
  #judged: JudgedUpdates | undefined;
  #release: (() => void) | undefined;

  constructor(
    push: {
      app: string;
      pusher: Pusher;
      signal: AbortSignal;
      /** Whether the pusher may follow the status of the app, now. */
      mayFollow(): Promise<boolean>;
      /** Called when the push has arrived and is recorded; returns a slot to wait in, if one is free. */
      startFollowing(): Promise<Release | undefined>;
    },
    deps: GitHostDeps,
  ) {
    this.#app = push.app;
    this.#pusher = push.pusher;
    this.#signal = push.signal;
    this.#mayFollow = push.mayFollow;
    this.#startFollowing = push.startFollowing;
    this.#deps = deps;
  }

  async answer(call: HookCall, print: (line: string) => void): Promise<number> {
    try {
      return call.hook === 'pre-receive'
        ? await this.#judge(call, print)
        : await this.#report(print);
    } catch (error) {
      this.#deps.logger.error(
        `push of ${this.#app} failed in ${call.hook}`,
        error as Error,
      );
      throw error;
    }
  }

  /** Allows the next push to this app to be checked. Call it when git has exited, in every case. */
  close(): void {
    this.#release?.();
    this.#release = undefined;
  }

  async #judge(call: HookCall, print: (line: string) => void): Promise<number> {
    if (this.#release) throw new Error('A push is judged once');
    this.#release = await this.#deps.pushes.locks.acquire(this.#app);
    const judged = await judgePush(
      {
        app: this.#app,
        pusher: this.#pusher,
        updates: readUpdates(call.updates),
        ...(call.objectDirectory && {
          quarantine: { objectDirectory: call.objectDirectory },
        }),
      },
      this.#deps.pushes,
    );
    if (!judged.ok) {
      this.outcome = { kind: 'refused', problem: judged.problem };
      problemLines(judged.problem).forEach(print);
      if (await this.#hasPage()) print(this.#deps.pageOf(this.#app));
      return 1;
    }
    this.#judged = judged.value;
    this.outcome = {
      kind: 'accepted',
      commit: judged.value.main?.revision.commit,
    };
    judged.value.main?.accepted.warnings.forEach(warning =>
      print(plainLine(`Note: ${warning}`)),
    );
    return 0;
  }

  /** A refused push may be the first one: then the app does not exist, nor its page. */
  async #hasPage(): Promise<boolean> {
    return (await this.#deps.controlPlane.getApp(this.#app)).ok;
  }

  async #report(print: (line: string) => void): Promise<number> {
    if (!this.#judged) throw new Error('A push was taken without being judged');
    const { main, stored } = this.#judged;
    for (const name of stored)
      print(plainLine(`${name} is stored; only main is released`));
    if (!main) {
      if (await this.#hasPage()) print(this.#deps.pageOf(this.#app));
      return 0;
    }
    const settled = await settlePush(main, this.#deps.pushes);
    this.close();
    if (!settled.ok) {
      problemLines(settled.problem).forEach(print);
      if (settled.problem.code === 'app-deleted') return 0;
      print('The push is stored; Callboard continues as soon as it can');
      print(this.#deps.pageOf(this.#app));
      return 0;
    }
    const release = await this.#startFollowing();
    if (!release) {
      print('Many pushes are being watched now, so this one ends here; see');
      print(this.#deps.pageOf(this.#app));
      return 0;
    }
    await this.#follow(main.revision.commit, print).finally(release);
    return 0;
  }

  async #follow(commit: string, print: (line: string) => void): Promise<void> {
    const patience = AbortSignal.timeout(
      this.#deps.limits.followSeconds * 1000,
    );
    const withdrawn = new AbortController();
    const stopWatching = watchRight(this.#mayFollow, () => withdrawn.abort());
    const signal = AbortSignal.any([patience, withdrawn.signal, this.#signal]);
    try {
      for await (const step of this.#deps.controlPlane.followPush(
        this.#app,
        commit,
        signal,
      )) {
        if (withdrawn.signal.aborted) break;
        print(plainLine(step.line));
      }
    } catch (error) {
      this.#deps.logger.error(
        `push of ${this.#app} cannot be followed`,
        error as Error,
      );
      print('It cannot be watched any longer; it is stored and continues. See');
      print(this.#deps.pageOf(this.#app));
      return;
    } finally {
      stopWatching();
    }
    if (withdrawn.signal.aborted) {
      print('Stored; you may not see this app any longer');
    } else if (patience.aborted) {
      print('Not finished yet; it continues. See');
      print(this.#deps.pageOf(this.#app));
    }
  }
}

function readUpdates(text: string): RefUpdate[] {
  return text
    .split('\n')
    .filter(line => line !== '')
    .map(line => {
      const [before, after, ...ref] = line.split(' ');
      return { before, after, ref: ref.join(' ') };
    });
}
