import type { SignalsService } from '@backstage/plugin-signals-node';
import {
  ANYTHING_CHANGED,
  type ChangeSignal,
  type LiveSignal,
  SIGNAL_BEAT_MS,
  SIGNAL_CHANNEL,
} from '@callboard/plugin-callboard-common';
import type { ChangeSubscriber } from '@callboard/plugin-callboard-node';
import type { Topics } from './Topics';

const MAX_AT_ONCE = 20; // more changes become "anything may have changed": pages then refetch everything they show

/**
 * Notifies the open pages: one message for all changes of a moment, and an
 * empty one while nothing changes, as a heartbeat of the connection.
 */
export class PageSignals implements ChangeSubscriber {
  readonly name = 'signals of the pages';
  readonly #signals: SignalsService;
  readonly #topics: Topics;
  readonly #beat: NodeJS.Timeout;

  constructor(deps: { signals: SignalsService; topics: Topics }) {
    this.#signals = deps.signals;
    this.#topics = deps.topics;
    this.#beat = setInterval(() => {
      this.#send({ kinds: [], topics: [] }).catch(() => {}); // the next one follows soon
    }, SIGNAL_BEAT_MS);
    this.#beat.unref();
  }

  notify(changes: readonly ChangeSignal[]): Promise<void> {
    return this.#send(
      changes.length > MAX_AT_ONCE
        ? ANYTHING_CHANGED
        : summarize(changes, this.#topics),
    );
  }

  close(): void {
    clearInterval(this.#beat);
  }

  async #send(message: LiveSignal): Promise<void> {
    this.#beat.refresh();
    await this.#signals.publish<LiveSignal>({
      recipients: { type: 'broadcast' },
      channel: SIGNAL_CHANNEL,
      message,
    });
  }
}

function summarize(
  changes: readonly ChangeSignal[],
  topics: Topics,
): LiveSignal {
  return {
    kinds: [...new Set(changes.map(({ kind }) => kind))],
    topics: changes.flatMap(({ kind, name }) =>
      name !== undefined && (kind === 'app' || kind === 'cluster')
        ? [topics.topicOf(kind, name)]
        : [],
    ),
  };
}
