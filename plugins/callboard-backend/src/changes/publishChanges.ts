import type { LoggerService } from '@backstage/backend-plugin-api';
import type { EventsService } from '@backstage/plugin-events-node';
import type { SignalsService } from '@backstage/plugin-signals-node';
import {
  ANYTHING_CHANGED,
  type ChangeSignal,
  type LiveSignal,
  SIGNAL_BEAT_MS,
  SIGNAL_CHANNEL,
} from '@callboard/plugin-callboard-common';
import type { ControlPlane } from '@callboard/plugin-callboard-control-plane';
import type { Topics } from './Topics';

/** Topic of Backstage's events service for other plugins of this portal; the payload is a `ChangeSignal`. */
export const CHANGES_TOPIC = 'callboard.changes';

const MAX_AT_ONCE = 20; // more are told as "anything may have changed": pages then ask for what they show

export interface ChangePublisherDeps {
  controlPlane: Pick<ControlPlane, 'onChanges'>;
  signals: SignalsService;
  events: EventsService;
  topics: Topics;
  logger: LoggerService;
}

/**
 * Tells browsers and other plugins what changed. Browsers get one message for
 * all that is told at once, and one that is empty while nothing changes, by which
 * they know that they are connected. Returns how to stop.
 */
export function publishChanges({
  controlPlane,
  signals,
  events,
  topics,
  logger,
}: ChangePublisherDeps): () => void {
  const warn = (error: Error) =>
    logger.warn('a change could not be published', error);
  const beat = setInterval(
    () => signal({ kinds: [], topics: [] }),
    SIGNAL_BEAT_MS,
  );
  beat.unref();
  function signal(message: LiveSignal): void {
    beat.refresh();
    signals
      .publish<LiveSignal>({
        recipients: { type: 'broadcast' },
        channel: SIGNAL_CHANNEL,
        message,
      })
      .catch(warn);
  }
  const stop = controlPlane.onChanges(changes => {
    signal(
      changes.length > MAX_AT_ONCE
        ? ANYTHING_CHANGED
        : summarize(changes, topics),
    );
    for (const eventPayload of changes)
      events.publish({ topic: CHANGES_TOPIC, eventPayload }).catch(warn);
  });
  return () => {
    stop();
    clearInterval(beat);
  };
}

function summarize(changes: ChangeSignal[], topics: Topics): LiveSignal {
  return {
    kinds: [...new Set(changes.map(({ kind }) => kind))],
    topics: changes.flatMap(({ kind, name }) =>
      name !== undefined && (kind === 'app' || kind === 'cluster')
        ? [topics.topicOf(kind, name)]
        : [],
    ),
  };
}
