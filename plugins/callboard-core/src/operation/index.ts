export {
  type RemovalFacts,
  appDeleted,
  describeRemoval,
  removalNotConfirmed,
} from './describeRemoval';
export {
  type AppCard,
  type AppChangeDecision,
  decideAppChange,
} from './decideAppChange';
export { type OperationDecision, decideOperation } from './decideOperation';
export type {
  OperatedCluster,
  OperatedEnvironment,
  OperatedWorkload,
  Operation,
  OperationAction,
} from './types';
