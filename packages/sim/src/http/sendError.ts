import { internalError, StatusError } from '../errors';
import type { JsonObject } from '../json';
import { type Exchange, sendJson } from './Exchange';

/** Turns a thrown error into the Status that a server responds with. The only place that does. */
export function sendError(exchange: Exchange, error: unknown): void {
  const { status } =
    error instanceof StatusError
      ? error
      : internalError(error instanceof Error ? error.message : String(error));
  const retryAfter = status.details?.retryAfterSeconds;
  const headers: Record<string, string> =
    retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) };
  sendJson(
    exchange,
    status.code,
    JSON.parse(JSON.stringify(status, withoutEmptyTexts)) as JsonObject,
    headers,
  );
}

/** Omits empty names and reasons, as a server's own types would. */
function withoutEmptyTexts(key: string, value: unknown): unknown {
  return value === '' && (key === 'reason' || key === 'name')
    ? undefined
    : value;
}
