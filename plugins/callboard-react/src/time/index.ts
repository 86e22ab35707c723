export { formatInstant } from './formatInstant';
export { useNow } from './useNow';
