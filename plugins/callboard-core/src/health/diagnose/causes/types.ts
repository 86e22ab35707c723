import type { Sighting } from '../cause';
import type { Situation } from '../situation';

/** Looks for one family of causes. Returns every sighting; equal ones are put together later. */
export type CauseRule = (situation: Situation) => Sighting[];
