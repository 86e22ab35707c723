import type { Prioritizer } from './types';

/** 100 where it was placed before. Source: open-cluster-management.io/ocm pkg/placement/plugins/steady (1.0). */
export const steady: Prioritizer = (clusters, { previous }) =>
  clusters.map(({ name }) => (previous.has(name) ? 100 : 0));
