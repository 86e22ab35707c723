import type { Result } from '@callboard/plugin-callboard-common';
import type { ClusterAsker, FleetReader } from '../../reconcile/roles';
import { type Question, answerQuestion, findOpenQuestions } from '../../store';
import { ANSWER_MS } from './askElsewhere';

/** Reads the answer to a question. */
export type Answerer = (question: Question) => Promise<Result<unknown>>;

/**
 * Answers questions of other processes about clusters that this one reaches.
 * Keeps no state: a person repeats a question whose answer is lost.
 */
export class AnswerDesk {
  readonly #context: FleetReader & ClusterAsker;
  readonly #answer: Answerer;
  readonly #managed = new Map<string, Promise<void>>();
  #cancel: () => void = () => {};
  #isStopped = false;

  constructor(context: FleetReader & ClusterAsker, answer: Answerer) {
    this.#context = context;
    this.#answer = answer;
  }

  start(): void {
    this.#schedule();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancel();
    await Promise.all(this.#managed.values());
  }

  #schedule(): void {
    if (this.#isStopped) return;
    const { timers, intervals, deps } = this.#context;
    this.#cancel = timers.after(intervals.tailMs, () => {
      this.#look()
        .catch(error =>
          deps.logger.warn('Cannot look for questions', error as Error),
        )
        .finally(() => this.#schedule());
    });
  }

  async #look(): Promise<void> {
    const { deps, fleet } = this.#context;
    const since = new Date(deps.clock.now().getTime() - ANSWER_MS);
    for (const question of await findOpenQuestions(deps.knex, since)) {
      const { id, cluster } = question;
      if (!fleet.get(cluster) || this.#managed.has(id)) continue;
      this.#managed.set(
        id,
        this.#settle(question).finally(() => this.#managed.delete(id)),
      );
    }
  }

  async #settle(question: Question): Promise<void> {
    const { deps } = this.#context;
    await this.#answer(question)
      .then(answer => answerQuestion(deps.knex, { id: question.id, answer }))
      .catch(error =>
        deps.logger.warn('Cannot answer a question', error as Error),
      );
  }
}
