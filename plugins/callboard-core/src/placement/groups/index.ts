export {
  type DecisionGroup,
  groupDecisions,
  type Grouping,
  parsePercent,
} from './groupDecisions';
