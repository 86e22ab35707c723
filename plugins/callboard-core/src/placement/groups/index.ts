export {
  type DecisionGroup,
  groupDecisions,
  type Grouping,
} from './groupDecisions';
