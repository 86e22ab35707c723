export {
  type DecisionGroup,
  type Grouped,
  groupDecisions,
} from './groupDecisions';
