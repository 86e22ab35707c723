export { InstantScope, useInstant } from './InstantScope';
export { readInstant } from './readInstant';
export { useSetInstant } from './useSetInstant';
