import { ProblemError, type Result } from '@callboard/plugin-callboard-common';
import type { Request } from 'express';

/** The value, or its problem thrown towards the error handler. */
export function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new ProblemError(result.problem);
  return result.value;
}

/** `?at=` of a read. `checkInstants` refused what cannot be shown. */
export function readAt(req: Request): { at?: Date } {
  const { at } = req.query;
  return typeof at === 'string' ? { at: new Date(at) } : {};
}

/** Whether a query says so; as text where nothing read it as what it is. */
export function isTrue(value: unknown): boolean {
  return value === true || value === 'true';
}

/** The reason that somebody gave with a change; an empty one is none. */
export function readWhy({ body }: Pick<Request, 'body'>): { why?: string } {
  const why: unknown = body?.why;
  return typeof why === 'string' && why !== '' ? { why } : {};
}
