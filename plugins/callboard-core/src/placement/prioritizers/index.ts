export type { Prioritizer, ScoreContext } from './types';
export {
  type WeighedPrioritizer,
  type Weighing,
  weighPrioritizers,
} from './weighPrioritizers';
