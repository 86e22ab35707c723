import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import type { Notice } from './decideNotifications';
import { keyOf } from './Need';

/** By which people switch these notifications off in their settings. */
const TOPIC = 'callboard-apps';

/**
 * The notification of a notice. Beginning and end of one thing have the same
 * scope: the later takes the place of the earlier in the inbox of its owner.
 */
export function payloadOf(notice: Notice): NotificationSendOptions['payload'] {
  const of = notice.kind === 'begins' ? notice.need : notice.notified;
  const common = {
    link: `/callboard/apps/${encodeURIComponent(of.app)}`,
    topic: TOPIC,
    scope: `callboard:${keyOf(of)}`,
  };
  if (notice.kind === 'begins') {
    const { what, next, severity } = notice.need;
    return {
      ...common,
      title: what,
      severity,
      ...(next !== undefined && { description: next }),
    };
  }
  return {
    ...common,
    title: of.environment
      ? `${of.app} in ${of.environment}: this is over`
      : `${of.app}: this is over`,
    description: of.what,
    severity: 'low',
  };
}
