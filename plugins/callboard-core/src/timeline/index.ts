export {
  TIMELINE_LIMITS,
  type TimelineLimits,
  drawTimeline,
} from './drawTimeline';
export { type TimelineWindow, readWindow } from './readWindow';
export type {
  DeploymentInterval,
  Interval,
  ReleaseInterval,
  SilenceInterval,
  TimelineFacts,
} from './types';
