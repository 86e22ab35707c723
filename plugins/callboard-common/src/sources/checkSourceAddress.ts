import { type Problem, type Result, failed, ok } from '../problem';
import { withoutSlashes } from './withoutSlashes';

/** A branch of a repository elsewhere, and the folder of it that is an app. */
export interface SourceAddress {
  /** URL for browsers and git, without user, password, query, fragment and trailing slash. */
  url: string;
  branch: string;
  /** Folder from the root of the repository; all of it when omitted. */
  path?: string;
}

const MAX_URL = 500;
const NAME = /^[A-Za-z0-9_][A-Za-z0-9._/+-]{0,199}$/;
const FOLDER = /^[A-Za-z0-9_.@+-]+(\/[A-Za-z0-9_.@+-]+)*$/;

/**
 * Checks and normalizes the source that an app shall follow. It becomes
 * arguments of git: only values that cannot be anything but a URL, a branch and
 * a folder are accepted.
 */
export function checkSourceAddress(asked: {
  url: string;
  branch?: string;
  path?: string;
}): Result<SourceAddress> {
  const { branch = 'main' } = asked;
  const url = checkUrl(asked.url);
  if (!url.ok) return url;
  if (!NAME.test(branch) || /\.\.|\/\/|\/$|\.lock$|\/\.|\.$/.test(branch))
    return failed(
      invalid(
        'the branch',
        `"${branch.slice(0, 100)}" cannot be the name of one`,
        'Name it as git does: main',
      ),
    );
  const path = withoutSlashes((asked.path ?? '').replace(/^\.\//, ''));
  if (path === '' || path === '.') return ok({ url: url.value, branch });
  if (
    path.length > MAX_URL ||
    !FOLDER.test(path) ||
    path.split('/').some(part => /^\.+$/.test(part) || part === '.git')
  )
    return failed(
      invalid(
        'the folder',
        `"${path.slice(0, 100)}" cannot be one of a repository`,
        'Name it from the root of the repository: services/api',
      ),
    );
  return ok({ url: url.value, branch, path });
}

function checkUrl(text: string): Result<string> {
  const trimmed = text.trim();
  const next =
    'Give the address that git clones over HTTPS: https://github.com/acme/shop';
  if (trimmed.length > MAX_URL)
    return failed(
      invalid('the address', `it has more than ${MAX_URL} characters`, next),
    );
  if (/^(git@|ssh:)/i.test(trimmed))
    return failed(
      invalid(
        'the address',
        'it is one for SSH, and the portal reads repositories over HTTPS',
        next,
      ),
    );
  const url = URL.canParse(trimmed) ? new URL(trimmed) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.pathname === '/')
    return failed(
      invalid('the address', 'it is not the address of a repository', next),
    );
  if (url.username !== '' || url.password !== '')
    return failed(
      invalid(
        'the address',
        'it holds a user name or a password',
        `${next}; the platform gives the portal its credentials`,
      ),
    );
  return ok(`${url.origin}/${withoutSlashes(url.pathname)}`);
}

function invalid(part: string, why: string, next: string): Problem {
  return {
    code: 'source-address-invalid',
    what: `Cannot take ${part} of the repository`,
    why,
    next,
    transient: false,
  };
}
