export { InstantScope, useInstant } from './InstantScope';
export { useSetInstant } from './useSetInstant';
