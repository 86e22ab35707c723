export { parseFieldSelector } from './fieldSelector';
export {
  type LabelSelector,
  type Labels,
  type Matcher,
  matchExpression,
  matchMap,
  matchSelector,
  parseLabelSelector,
} from './labelSelector';
