export { countOf, partOf, pluralOf } from './countOf';
export { describeAmount, describeTwoAmounts } from './describeAmount';
export { describeBytes } from './describeBytes';
export { describeCpu } from './describeCpu';
export { describeDuration, describeElapsed } from './describeDuration';
export { describeInstant } from './describeInstant';
export {
  describeAgo,
  describeSilence,
  describeSpan,
  describeTimeLeft,
} from './describeSpan';
export { listOf } from './listOf';
export { nameCluster } from './nameCluster';
export { plainLine } from './plainLine';
export { shorten } from './shorten';
