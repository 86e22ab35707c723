export { nextRun } from './nextRun';
export { type Schedule, parseSchedule } from './parseSchedule';
export { isTimeZone, readWallTime, type WallTime } from './WallTime';
