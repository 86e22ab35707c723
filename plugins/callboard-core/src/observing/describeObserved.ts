import {
  type Health,
  type ObservedApp,
  countOf,
} from '@callboard/plugin-callboard-common';
import { rollUpHealth } from '../health';
import { verdict } from '../health/verdict';

/**
 * Summarizes the health of a component over all clusters, with a sentence. A
 * cluster whose state is unknown keeps the component from being Healthy.
 */
export function describeObserved({
  placements,
  unread,
  label,
}: Pick<ObservedApp, 'placements' | 'unread' | 'label'>): {
  health: Health;
  sentence: string;
} {
  const health = rollUpHealth(
    [
      ...placements.map(({ cluster, title = cluster, health: here }) => ({
        name: title,
        health: here,
      })),
      ...unread.map(({ cluster, title = cluster, why }) => ({
        name: title,
        health: verdict('Unknown', 'NotReadable', why),
      })),
    ],
    { one: 'cluster', many: 'clusters' },
  );
  const where =
    placements.length === 0
      ? `No object with the label ${label} was found`
      : `It runs on ${countOf(placements.length, 'cluster')}`;
  const missing =
    unread.length === 0
      ? ''
      : `; ${countOf(unread.length, 'cluster')} cannot be read`;
  return { health, sentence: `${where}${missing}.` };
}
