export {
  type Away,
  type FailbackInput,
  type FailbackLimits,
  type FailbackPlan,
  planFailback,
} from './planFailback';
