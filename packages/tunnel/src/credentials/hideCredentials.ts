/** The credentials that a request carries. */
export interface RequestCredentials {
  token?: string;
  basic?: { username: string; password: string };
}

const SHORTEST = 4; // characters; a shorter password would match parts of ordinary words
const MOST_BYTES = 256 * 1024; // of an error response; people are shown 500 characters of it

/**
 * Removes the credentials of a request from the response to it. Proxies and
 * webhooks quote what they received in their errors, and those are shown,
 * logged and recorded. A larger response is cut at the end.
 */
export async function* hideCredentials(
  body: AsyncIterable<Uint8Array>,
  { token, basic }: RequestCredentials,
): AsyncIterable<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    size += chunk.byteLength;
    if (size >= MOST_BYTES) break;
  }
  yield Buffer.from(
    withoutCredentials(Buffer.concat(chunks).toString('utf8'), {
      token,
      basic,
    }),
  );
}

/** Removes credentials from a text written by a server that received them. */
export function withoutCredentials(
  text: string,
  { token, basic }: RequestCredentials,
): string {
  const secrets = [
    token?.trim(),
    basic?.password,
    basic && `${basic.username}:${basic.password}`,
  ].flatMap(secret =>
    secret !== undefined && secret.length >= SHORTEST ? formsOf(secret) : [],
  );
  return (
    secrets
      // A longer secret may contain a shorter one.
      .sort((a, b) => b.length - a.length)
      .reduce((rest, secret) => rest.replaceAll(secret, '[hidden]'), text)
  );
}

/** The secret as it is, and as JSON, URLs and headers encode it. */
function formsOf(secret: string): string[] {
  const base64 = Buffer.from(secret).toString('base64');
  return [
    secret,
    encodeURIComponent(secret),
    base64,
    encodeURIComponent(base64),
    Buffer.from(secret).toString('base64url'),
  ].flatMap(form => [form, JSON.stringify(form).slice(1, -1)]);
}
