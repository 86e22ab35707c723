export {
  applyChange,
  type Changeable,
  joinChanges,
  listChanges,
} from './applyChange';
export { findRemedy } from './findRemedy';
