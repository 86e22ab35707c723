import {
  createControlPlane,
  migrateStore,
} from '@callboard/plugin-callboard-control-plane';
import { createCallboardPlugin } from './createCallboardPlugin';

/** The plugin `callboard` with its control plane. */
export const callboardPlugin = createCallboardPlugin({
  migrate: migrateStore,
  create: createControlPlane,
});
