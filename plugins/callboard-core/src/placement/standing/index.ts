export { essenceOfReasons, isSameAnswer } from './isSameAnswer';
export { type FleetNow, StandingDecisions } from './StandingDecisions';
