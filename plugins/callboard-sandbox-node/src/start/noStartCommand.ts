import type { Problem } from '@callboard/plugin-callboard-common';

/** Where all places that say how to start it were looked at. */
export const NOTHING_TO_START =
  'there is no Procfile, no start script in package.json, no server.js and no index.html';

/** Nothing says how pushed code is started. */
export function noStartCommand(why: string): Problem {
  return {
    code: 'no-start-command',
    what: 'Cannot tell how to start the pushed code',
    why,
    next: 'Add a Procfile with a line like "web: node server.js", or "command" to the container in score.yaml',
    transient: false,
  };
}
