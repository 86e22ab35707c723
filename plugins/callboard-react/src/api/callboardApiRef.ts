import { createApiRef } from '@backstage/frontend-plugin-api';
import type { CallboardApi } from './CallboardApi';

/** The API reference for both frontend systems: each finds APIs by this id. */
export const callboardApiRef = createApiRef<CallboardApi>().with({
  id: 'plugin.callboard.service',
  pluginId: 'callboard',
});
