import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../clock';
import type { JsonObject } from '../json';

/** One request and its response. */
export interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  /** The cluster's time, for ages. */
  clock: Clock;
  /** Messages for the client, sent as `Warning` headers. */
  warnings: string[];
}

export function sendJson(
  { response, warnings }: Exchange,
  code: number,
  body: JsonObject,
  headers: Record<string, string> = {},
): void {
  if (response.headersSent || response.destroyed) return;
  if (warnings.length > 0)
    response.setHeader('Warning', [...new Set(warnings)].map(describeWarning));
  response.writeHead(code, {
    'Content-Type': 'application/json',
    'Cache-Control': 'no-cache, private',
    ...headers,
  });
  response.end(`${JSON.stringify(body)}\n`);
}

export function sendText(
  { response }: Exchange,
  code: number,
  text: string,
): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(code, { 'Content-Type': 'text/plain; charset=utf-8' });
  response.end(text);
}

function describeWarning(message: string): string {
  const text = message.replace(/[\\"]/g, '\\$&').replace(/[^\x20-\x7e]/g, '?');
  return `299 - "${text}"`;
}
