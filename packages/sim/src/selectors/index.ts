export { parseFieldSelector } from './fieldSelector';
export {
  type LabelSelector,
  type Labels,
  type Matcher,
  matchMap,
  matchSelector,
  parseLabelSelector,
} from './labelSelector';
