import type { LoggerService } from '@backstage/backend-plugin-api';
import type { EventsService } from '@backstage/plugin-events-node';
import type { SignalsService } from '@backstage/plugin-signals-node';
import {
  type ChangeSignal,
  SIGNAL_CHANNEL,
} from '@callboard/plugin-callboard-common';
import type { ControlPlane } from '@callboard/plugin-callboard-control-plane';

/** Topic of Backstage's events service for other plugins of this portal; the payload is a `ChangeSignal`. */
export const CHANGES_TOPIC = 'callboard.changes';

const WINDOW_MS = 250; // four times a second is as fast as people see
const MAX_PER_WINDOW = 20; // more at once are told as "the fleet changed": pages then ask for everything they show

export interface ChangePublisherDeps {
  controlPlane: Pick<ControlPlane, 'onChange'>;
  signals: SignalsService;
  events: EventsService;
  logger: LoggerService;
}

/**
 * Tells browsers and other plugins what changed. The first change of a quiet
 * time goes out at once; what follows is collected, each thing once. Returns
 * how to stop.
 */
export function publishChanges({
  controlPlane,
  signals,
  events,
  logger,
}: ChangePublisherDeps): () => void {
  const waiting = new Map<string, ChangeSignal>();
  let timer: NodeJS.Timeout | undefined;

  const publish = (message: ChangeSignal) => {
    const sent = [
      signals.publish({
        recipients: { type: 'broadcast' },
        channel: SIGNAL_CHANNEL,
        message,
      }),
      events.publish({ topic: CHANGES_TOPIC, eventPayload: message }),
    ];
    Promise.all(sent).catch(error =>
      logger.warn('a change could not be told', error),
    );
  };
  const flush = () => {
    timer = undefined;
    const changes =
      waiting.size > MAX_PER_WINDOW
        ? [{ kind: 'fleet' as const }]
        : [...waiting.values()];
    waiting.clear();
    if (changes.length === 0) return;
    changes.forEach(publish);
    timer = setTimeout(flush, WINDOW_MS);
    timer.unref();
  };
  const stop = controlPlane.onChange(change => {
    waiting.set(`${change.kind}/${change.name ?? ''}`, change);
    if (!timer) flush();
  });
  return () => {
    stop();
    clearTimeout(timer);
  };
}
