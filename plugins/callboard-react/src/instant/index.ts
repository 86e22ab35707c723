export { InstantScope, useInstant } from './InstantScope';
export { readLocalInstant } from './readLocalInstant';
export { useSentence } from './useSentence';
export { useShownNow } from './useShownNow';
export { useSetInstant } from './useSetInstant';
