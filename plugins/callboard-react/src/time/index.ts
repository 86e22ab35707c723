export { formatDay } from './formatDay';
export { formatInstant } from './formatInstant';
export { formatMinute } from './formatMinute';
export { describeGapHere, describePastInGapHere } from './describeGapHere';
export { useNow } from './useNow';
