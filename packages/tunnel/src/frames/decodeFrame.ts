import {
  FRAME_TYPES,
  type Frame,
  HEADER_BYTES,
  MAX_FRAME_BYTES,
  MAX_HEADERS,
  type RequestHead,
  type ResponseHead,
} from './Frame';
import { isRecord } from './isRecord';

const TYPES = new Map(
  Object.entries(FRAME_TYPES).map(([name, number]) => [
    number as number,
    name as Frame['type'],
  ]),
);
const MAX_DEPTH = 20;
// Created once: creating one costs more than decoding a head with it.
const STRICT_TEXT = new TextDecoder('utf-8', { fatal: true });
const TEXT = new TextDecoder();

/** Decodes a message; undefined when it is no frame. Never throws, for any input. */
export function decodeFrame(message: Uint8Array): Frame | undefined {
  if (message.byteLength < HEADER_BYTES || message.byteLength > MAX_FRAME_BYTES)
    return undefined;
  const type = TYPES.get(message[0]);
  const stream = new DataView(
    message.buffer,
    message.byteOffset,
    message.byteLength,
  ).getUint32(1);
  const rest = message.subarray(HEADER_BYTES);
  switch (type) {
    case 'control': {
      const value = stream === 0 ? readJson(rest) : undefined;
      return value === undefined ? undefined : { type, message: value };
    }
    case 'ping':
    case 'pong': {
      const sequence = stream === 0 ? readNumber(rest) : undefined;
      return sequence === undefined ? undefined : { type, sequence };
    }
    case 'open': {
      const head = stream === 0 ? undefined : readRequestHead(readJson(rest));
      return head && { type, stream, head };
    }
    case 'head': {
      const head = stream === 0 ? undefined : readResponseHead(readJson(rest));
      return head && { type, stream, head };
    }
    case 'data':
      return stream === 0 || rest.byteLength === 0
        ? undefined
        : { type, stream, bytes: rest };
    case 'end':
      return stream === 0 || rest.byteLength > 0 ? undefined : { type, stream };
    case 'credit': {
      const bytes = stream === 0 ? undefined : readNumber(rest);
      return bytes === undefined || bytes === 0
        ? undefined
        : { type, stream, bytes };
    }
    case 'reset':
      return stream === 0
        ? undefined
        : {
            type,
            stream,
            reason: plain(TEXT.decode(rest).slice(0, 500)),
          };
    case undefined:
      return undefined;
    default:
      return type satisfies never;
  }
}

/** Replaces control characters and those that change line or reading order: the text is shown to people. */
function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ');
}

function readNumber(bytes: Uint8Array): number | undefined {
  return bytes.byteLength === 4
    ? new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0)
    : undefined;
}

function readJson(bytes: Uint8Array): unknown {
  try {
    const value: unknown = JSON.parse(STRICT_TEXT.decode(bytes));
    return isWithinDepth(value, MAX_DEPTH) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isWithinDepth(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return (
    depth > 0 &&
    Object.values(value).every(each => isWithinDepth(each, depth - 1))
  );
}

function readRequestHead(value: unknown): RequestHead | undefined {
  if (!isRecord(value)) return undefined;
  const { method, path } = value;
  const headers = readHeaders(value.headers);
  return typeof method === 'string' && typeof path === 'string' && headers
    ? { method, path, headers }
    : undefined;
}

function readResponseHead(value: unknown): ResponseHead | undefined {
  if (!isRecord(value)) return undefined;
  const { status } = value;
  const headers = readHeaders(value.headers);
  const isStatus =
    typeof status === 'number' &&
    Number.isInteger(status) &&
    status >= 100 &&
    status <= 599;
  return isStatus && headers ? { status, headers } : undefined;
}

/** Names are tokens, values hold no line breaks: no header can be injected into a request. */
function readHeaders(value: unknown): Record<string, string> | undefined {
  if (!isRecord(value)) return undefined;
  const entries = Object.entries(value);
  if (entries.length > MAX_HEADERS) return undefined;
  const headers: Record<string, string> = {};
  for (const [name, text] of entries) {
    if (
      !/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/.test(name) ||
      name === '__proto__'
    )
      return undefined;
    if (typeof text !== 'string' || !/^[\t\x20-\x7e\x80-\xff]*$/.test(text))
      return undefined;
    headers[name.toLowerCase()] = text;
  }
  return headers;
}
