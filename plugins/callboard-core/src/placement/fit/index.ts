export {
  type AdmissionQuestion,
  describeNeverAdmitted,
  findNeverAdmitted,
  type NeverAdmitted,
} from './findNeverAdmitted';
export { describeNeverFits } from './describeNeverFits';
export {
  type FitQuestion,
  findNeverFits,
  type NeverFits,
} from './findNeverFits';
export { findNodeShortages, type NodeShortage } from './findNodeShortages';
