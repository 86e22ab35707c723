import type { Prioritizer } from './types';

/**
 * Scores clusters with fewer apps higher: 100 for none, -100 for the fullest of
 * all.
 *
 * Source: open-cluster-management.io/ocm pkg/placement/plugins/balance (1.0);
 * halves are truncated before doubling, as there.
 */
export const balance: Prioritizer = (clusters, { others }) => {
  const most = Math.max(0, ...Object.values(others));
  return clusters.map(({ name }) => {
    const count = Object.prototype.hasOwnProperty.call(others, name)
      ? others[name]
      : 0;
    return count === 0 ? 100 : 2 * Math.trunc(100 * (0.5 - count / most)) + 0;
  });
};
