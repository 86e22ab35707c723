import type { Occurrence } from '../cause';
import type { Situation } from '../situation';

/** Looks for one family of causes. Returns every occurrence; equal ones are put together later. */
export type CauseRule = (situation: Situation) => Occurrence[];
