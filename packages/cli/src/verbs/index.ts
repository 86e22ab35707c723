import { check } from './check';
import { diff } from './diff';
import { explain } from './explain';
import { health } from './health';
import { place } from './place';
import { release } from './release';
import { render } from './render';
import { rollout } from './rollout';
import { schema } from './schema';
import type { Verb } from './Verb';

/** All commands, in the order they are listed. */
export const VERBS: readonly Verb[] = [
  check,
  render,
  diff,
  place,
  rollout,
  release,
  health,
  explain,
  schema,
];
