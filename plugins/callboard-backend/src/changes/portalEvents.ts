import type { EventsService } from '@backstage/plugin-events-node';
import type { ChangeSubscriber } from '@callboard/plugin-callboard-node';

/** Topic of Backstage's events service for other plugins of this portal; the payload is a `ChangeSignal`. */
export const CHANGES_TOPIC = 'callboard.changes';

/** Publishes changes to the other plugins of this portal, one event for each changed thing. */
export function portalEvents(events: EventsService): ChangeSubscriber {
  return {
    name: 'events of the portal',
    async notify(changes) {
      await Promise.all(
        changes.map(eventPayload =>
          events.publish({ topic: CHANGES_TOPIC, eventPayload }),
        ),
      );
    },
  };
}
