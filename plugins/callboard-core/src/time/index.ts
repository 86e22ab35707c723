export { describeAgo, describeSpan } from './describeAge';
export { formatDuration } from './formatDuration';
export { parseDuration } from './parseDuration';
export { parseGoDuration } from './parseGoDuration';
