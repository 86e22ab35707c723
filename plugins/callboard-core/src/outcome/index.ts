export { describeOutcome, isBadOutcome } from './describeOutcome';
export { type ReleaseStay, judgeOutcome } from './judgeOutcome';
export { type ReleaseArrival, nameChange } from './nameChange';
export { arrivalIn, changeOf } from './changeOf';
export { describeDeploy } from './describeDeploy';
