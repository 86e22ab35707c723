/** What a request shows of who sends it. */
export interface RequestCredentials {
  token?: string;
  basic?: { username: string; password: string };
}

const SHORTEST = 4; // a password that is shorter is part of every other word
const MOST_BYTES = 256 * 1024; // of an answer with a fault; people are shown 500 characters of it

/**
 * Takes the credentials that a request carried out of the answer to it. Proxies and
 * webhooks quote what they were sent in their errors, and those are shown, logged
 * and recorded. Of an answer that is larger the end is left out.
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

/** A text of somebody who was sent credentials, without them. */
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
      // A longer one may hold a shorter one.
      .sort((a, b) => b.length - a.length)
      .reduce((rest, secret) => rest.replaceAll(secret, '[hidden]'), text)
  );
}

/** As it is, and as JSON, addresses and headers write it. */
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
