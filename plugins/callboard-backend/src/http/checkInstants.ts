import { checkInstant } from '@callboard/plugin-callboard-core';
import type { RequestHandler } from 'express';
import { unwrap } from './read';
import type { RouterDeps } from './RouterDeps';

/** Refuses every read of an instant that cannot be shown as it was, before its route runs. */
export function checkInstants({
  controlPlane,
  now,
}: RouterDeps): RequestHandler {
  return async function checkInstantOf(req, _res, next) {
    const { at } = req.query;
    if (at !== undefined) {
      const text = typeof at === 'string' ? at : JSON.stringify(at);
      const since = await controlPlane.getHistoryStart();
      unwrap(checkInstant(text, { now: now(), since }));
    }
    next();
  };
}
