import type { IncomingMessage } from 'node:http';
import { parseDocument } from 'yaml';
import { badRequest, StatusError, unsupportedMediaType } from '../errors';

const MAX_BYTES = 3 * 1024 * 1024; // a real server's limit on request bodies
const MAX_ALIASES = 100;
const ACCEPTED = ['application/json', 'application/yaml'];

/** Returns the body as text; 413 beyond 3 MiB. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BYTES) {
      throw new StatusError(
        413,
        'RequestEntityTooLarge',
        `Request entity too large: limit is ${MAX_BYTES}`,
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Parses JSON or YAML, depending on the content type; `undefined` for an empty body. */
export function parseBody(
  text: string,
  contentType: string,
  kind?: string,
): unknown {
  if (text === '') return undefined;
  if (contentType.includes('yaml')) return parseYaml(text);
  if (contentType !== '' && !contentType.includes('json'))
    throw unsupportedMediaType(ACCEPTED);
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw badRequest(describeParseError(text, (error as Error).message, kind));
  }
}

function describeParseError(
  text: string,
  message: string,
  kind: string | undefined,
): string {
  const position = Number(/position (\d+)/.exec(message)?.[1] ?? text.length);
  const reason =
    position >= text.length
      ? 'unexpected end of JSON input'
      : `invalid character '${text[position]}' looking for beginning of value`;
  if (kind === undefined) return `json parse error: ${reason}`;
  return `the object provided is unrecognized (must be of type ${kind}): couldn't get version/kind; json parse error: ${reason} (${text.slice(
    0,
    32,
  )})`;
}

function parseYaml(text: string): unknown {
  const document = parseDocument(text, { strict: true });
  if (document.errors.length > 0)
    throw badRequest(`error decoding YAML: ${document.errors[0].message}`);
  try {
    return document.toJS({ maxAliasCount: MAX_ALIASES }) as unknown;
  } catch (error) {
    throw badRequest(`error decoding YAML: ${(error as Error).message}`);
  }
}
