import type { LoggerService } from '@backstage/backend-plugin-api';
import type { ChangeSignal } from '@callboard/plugin-callboard-common';
import type { ControlPlane } from '@callboard/plugin-callboard-control-plane';
import type { ChangeSubscriber } from '@callboard/plugin-callboard-node';

export interface ChangePublisherDeps {
  controlPlane: Pick<ControlPlane, 'onChanges'>;
  subscribers: readonly ChangeSubscriber[];
  logger: LoggerService;
}

/**
 * Notifies each subscriber of changes. A slow or failing subscriber delays no
 * other: changes while it is busy are collected, each thing once. Returns a
 * function that stops it.
 */
export function publishChanges({
  controlPlane,
  subscribers,
  logger,
}: ChangePublisherDeps): () => void {
  const stopped = new AbortController();
  const notifiers = subscribers.map(subscriber =>
    createNotifier(subscriber, { logger, signal: stopped.signal }),
  );
  const stopListening = controlPlane.onChanges(changes =>
    notifiers.forEach(notify => notify(changes)),
  );
  return () => {
    stopListening();
    stopped.abort();
    subscribers.forEach(subscriber => subscriber.close?.());
  };
}

function createNotifier(
  subscriber: ChangeSubscriber,
  { logger, signal }: { logger: LoggerService; signal: AbortSignal },
): (changes: readonly ChangeSignal[]) => void {
  const collected = new Map<string, ChangeSignal>();
  let isBusy = false;
  const notifyAll = async () => {
    isBusy = true;
    while (collected.size > 0 && !signal.aborted) {
      const changes = [...collected.values()];
      collected.clear();
      try {
        await subscriber.notify(changes, signal);
      } catch (error) {
        if (!signal.aborted)
          logger.warn(
            `${subscriber.name}: changes could not be published`,
            error as Error,
          );
      }
    }
    isBusy = false;
  };
  return changes => {
    for (const change of changes)
      collected.set(`${change.kind}/${change.name ?? ''}`, change);
    if (!isBusy) void notifyAll();
  };
}
