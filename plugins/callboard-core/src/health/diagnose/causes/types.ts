import type { Occurrence } from '../cause';
import type { Situation } from '../situation';

/** Finds one family of causes. Returns every occurrence; equal ones are grouped later. */
export type CauseRule = (situation: Situation) => Occurrence[];
