import {
  type GitTokenView,
  type IssuedGitToken,
} from '@callboard/plugin-callboard-common';
import { type Io, UsageError } from '../Io';
import { PortalClient, PortalSilent, readToken } from './PortalClient';

const MOST_CHARS = 60; // of a token's name
const LONGEST_ANSWER = 100_000;

/**
 * Creates a token for the command line with the sign-in key of a playground. An
 * earlier token of this machine is revoked: it is not stored any more.
 */
export async function signInByKey(
  base: string,
  key: string,
  io: Io,
): Promise<string> {
  const client = new PortalClient(base, await readSession(base, key, io), io);
  const name = nameToken(io.machineName());
  const tokens: GitTokenView[] = await client.list('listTokens', {});
  const before = tokens.find(
    each => each.name === name && each.app === undefined,
  );
  if (before) await client.ask('revokeToken', { path: { id: before.id } });
  const { token }: IssuedGitToken = await client.read('createToken', {
    body: { name, scope: 'api' },
  });
  return token;
}

/** Opens a session with the key; the session is not stored. */
async function readSession(base: string, key: string, io: Io): Promise<string> {
  if (!/^[!-~]{1,1000}$/.test(key))
    throw new UsageError('The key holds characters that no key has');
  const answer = await io
    .ask(`${base}/api/auth/guest/refresh`, {
      headers: { 'x-callboard-key': key },
    })
    .catch(() => {
      throw new PortalSilent(`Cannot reach ${base}`);
    });
  if (!answer.ok)
    throw new UsageError(
      `${base} does not take this key: npm start prints the one that counts after "Sign in". A portal that is no playground takes a token: callboard login --portal ${base}`,
    );
  const text = (await answer.text()).slice(0, LONGEST_ANSWER);
  const [, token] = /"token":"([\w.-]+)"/.exec(text) ?? [];
  if (token === undefined)
    throw new PortalSilent(`${base} answers as no portal does`);
  return readToken(token);
}

/** `Command line on ana-laptop`, limited to the characters that a token's name may contain. */
function nameToken(machine: string): string {
  const plain = machine.replace(/[^\p{L}\p{N}._-]/gu, '-');
  let name = `Command line on ${plain}`.slice(0, MOST_CHARS);
  while (!/[\p{L}\p{N}]$/u.test(name)) name = name.slice(0, -1);
  return name;
}
