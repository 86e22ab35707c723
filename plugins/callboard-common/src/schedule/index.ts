export { nextRun } from './nextRun';
export { type Schedule, parseSchedule } from './parseSchedule';
export { isTimeZone } from './WallTime';
