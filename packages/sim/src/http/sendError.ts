import { internalError, StatusError } from '../errors';
import type { JsonObject } from '../json';
import { type Exchange, sendJson } from './Exchange';

/** Turns what was thrown into the Status that a server answers with. The only place that does. */
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

/** Empty names and reasons are left out, as a server's own types would. */
function withoutEmptyTexts(key: string, value: unknown): unknown {
  return value === '' && (key === 'reason' || key === 'name')
    ? undefined
    : value;
}
