export { type InstantBounds, checkInstant } from './checkInstant';
export { formatDuration } from './formatDuration';
export { parseDuration } from './parseDuration';
export { parseGoDuration } from './parseGoDuration';
export { parseInstant } from './parseInstant';
