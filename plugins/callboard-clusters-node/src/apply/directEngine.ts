import type { DeliveryEngine } from '@callboard/plugin-callboard-node';
import { applyObjects } from './applyObjects';
import { removeObjects } from './removeObjects';

/** Server-side apply through the connection to the cluster: for every cluster without another engine. */
export const DIRECT_ENGINE: DeliveryEngine = {
  name: 'direct',
  delivers: () => true,
  apply: applyObjects,
  remove: removeObjects,
};
