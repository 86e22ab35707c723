export {
  type FieldChange,
  type ObjectChange,
  diffObjects,
} from './diffObjects';
export { diffOwned } from './diffOwned';
export {
  type ClusterChange,
  showObjectChanges,
  summarizeDiff,
} from './summarizeDiff';
