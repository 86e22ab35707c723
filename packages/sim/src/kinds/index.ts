export type * from './types';
export { isPodActive, isPodAvailable, isPodReady } from './podState';
