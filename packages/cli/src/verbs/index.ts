import { apps } from './apps';
import { APP_CHANGES } from './changeApp';
import { check } from './check';
import { diff } from './diff';
import { explain } from './explain';
import { health } from './health';
import { init } from './init';
import { login } from './login';
import { logout } from './logout';
import { logs } from './logs';
import { open } from './open';
import { OPERATIONS } from './operate';
import { place } from './place';
import { promote } from './promote';
import { release } from './release';
import { render } from './render';
import { rollout } from './rollout';
import { schema } from './schema';
import { settings } from './settings';
import { status } from './status';
import type { Verb } from './Verb';

/** All commands, in the order they are listed. */
export const VERBS: readonly Verb[] = [
  init,
  check,
  render,
  diff,
  place,
  rollout,
  release,
  health,
  explain,
  schema,
  login,
  apps,
  status,
  logs,
  promote,
  ...OPERATIONS,
  settings,
  ...APP_CHANGES,
  open,
  logout,
];
