export { type Clock, microTimestamp, timestamp } from './Clock';
export { FakeClock } from './FakeClock';
export { systemClock } from './systemClock';
