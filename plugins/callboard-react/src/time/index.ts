export { formatAge } from './formatAge';
export { formatInstant } from './formatInstant';
export { useNow } from './useNow';
