import type { LiveSignal } from '@callboard/plugin-callboard-common';
import type { CallboardApi } from '../api';

/**
 * Whether a signal outdates an answer. Answers about a past instant never are
 * outdated, and logs and objects are read from the cluster on demand.
 *
 * @param queryKey - one of `queryKeys`
 */
export function isOutdatedBy(
  { kinds, topics }: LiveSignal,
  queryKey: readonly unknown[],
  topicOf: CallboardApi['topicOf'],
): boolean {
  const [about, name] = queryKey;
  const has = (...some: LiveSignal['kinds']) =>
    some.some(kind => kinds.includes(kind));
  const isNamed = (kind: 'app' | 'cluster') => {
    const topic = topicOf(kind, String(name));
    return topics === null || topic === undefined || topics.includes(topic);
  };
  switch (about) {
    case 'fleet':
      return has('app', 'cluster', 'fleet');
    case 'apps':
      if (has('cluster')) return true;
      return has('app') && (name === undefined || isNamed('app'));
    case 'clusters':
      if (has('app', 'fleet')) return true;
      return has('cluster') && (name === undefined || isNamed('cluster'));
    case 'blueprints':
      return has('cluster', 'fleet');
    case 'policies':
      return has('app', 'cluster', 'fleet');
    case 'exceptions':
      return has('fleet');
    case 'journal':
      return has('app', 'cluster', 'journal');
    case 'git tokens':
      return has('journal');
    default:
      return false;
  }
}
