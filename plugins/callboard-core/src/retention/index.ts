export {
  type RetainableRelease,
  type RetentionFacts,
  type RetentionPlan,
  planRetention,
} from './planRetention';
