export { formatDay } from './formatDay';
export { formatInstant } from './formatInstant';
export { formatMinute } from './formatMinute';
export { useNow } from './useNow';
