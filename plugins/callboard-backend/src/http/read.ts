import { ProblemError, type Result } from '@callboard/plugin-callboard-common';
import type { Request } from 'express';

/** Returns the value, or throws its problem for the error handler. */
export function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new ProblemError(result.problem);
  return result.value;
}

/** Reads `?at=`. `checkInstants` has refused instants that cannot be shown. */
export function readAt(req: Request): { at?: Date } {
  const { at } = req.query;
  return typeof at === 'string' ? { at: new Date(at) } : {};
}

/** Whether a query parameter is true; also as text, for parameters that were not parsed. */
export function isTrue(value: unknown): boolean {
  return value === true || value === 'true';
}

/** Reads the reason for a change; an empty one counts as none. */
export function readWhy({ body }: Pick<Request, 'body'>): { why?: string } {
  const why: unknown = body?.why;
  return typeof why === 'string' && why !== '' ? { why } : {};
}
