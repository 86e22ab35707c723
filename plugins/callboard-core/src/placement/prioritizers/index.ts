export type { Prioritizer, ScoreContext } from './types';
export {
  isSteady,
  type WeighedPrioritizer,
  type Weighing,
  weighPrioritizers,
} from './weighPrioritizers';
