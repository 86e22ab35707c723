import { createHash } from 'node:crypto';
import {
  type NewRelease,
  type Problem,
  ProblemError,
  isRecord,
} from '@callboard/plugin-callboard-common';
import type { PushedImages } from '@callboard/plugin-callboard-node';

const MAX_PROVENANCE_CHARACTERS = 256 * 1024;
const MAX_FILES_CHARACTERS = 4 * 1024 * 1024; // more than an app needs

/** Images and source of a release request, apart from its files. */
export interface ReadRelease {
  message: string;
  author: { name: string; email: string } | undefined;
  elsewhere: PushedImages;
}

/**
 * Reads a release request and checks what the OpenAPI document cannot express.
 * Throws the problem of a request that cannot be stored and shown.
 *
 * @param key - the request's Idempotency-Key
 */
export function readNewRelease(
  body: NewRelease,
  key: string | undefined,
): ReadRelease {
  const { files, images, revision, provenance } = body;
  const size = Object.values(files).reduce((sum, text) => sum + text.length, 0);
  if (size > MAX_FILES_CHARACTERS)
    throw new ProblemError(
      tooLarge('files', 'Leave out files that no workload mounts'),
    );
  if (
    provenance &&
    JSON.stringify(provenance).length > MAX_PROVENANCE_CHARACTERS
  )
    throw new ProblemError(
      tooLarge('provenance', 'Send a smaller statement, or leave it out'),
    );
  const { commit, message, author } = revision;
  const builtBy = revision.builtBy && toOneLine(revision.builtBy);
  const branch = revision.branch && toOneLine(revision.branch);
  const url = readAddress('url', revision.url);
  const run = readAddress('run', revision.run);
  return {
    message:
      toOneLine(message ?? '') ||
      `Release ${commit.slice(0, 7)}${builtBy ? ` from ${builtBy}` : ''}`,
    author: author === undefined ? undefined : readAuthor(author),
    elsewhere: {
      images,
      origin: {
        commit,
        ...(branch && { branch }),
        ...(url && { url }),
        ...(run && { run }),
        ...(builtBy && { builtBy }),
      },
      ...(provenance && { provenance }),
      ...(key !== undefined && { request: { key, digest: digestOf(body) } }),
    },
  };
}

/** Equal bodies have the same digest, in any order of their fields. */
function digestOf(body: NewRelease): string {
  const text = JSON.stringify(body, (_, part: unknown) =>
    isRecord(part)
      ? Object.fromEntries(
          Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : part,
  );
  return createHash('sha256').update(text).digest('hex');
}

/** Only addresses that a page may link to, and without a password, which everyone would see. */
function readAddress(
  field: 'url' | 'run',
  text: string | undefined,
): string | undefined {
  if (text === undefined || text === '') return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol))
    throw new ProblemError(
      notTaken(field, 'it is not the address of a page: https://…'),
    );
  if (url.username !== '' || url.password !== '')
    throw new ProblemError(
      notTaken(field, 'it holds a user name or a password'),
    );
  return url.href;
}

function readAuthor(text: string): { name: string; email: string } {
  const [, name, email] = /^([^<>]*)<([^<>\s]*)>$/.exec(text.trim()) ?? [];
  return {
    name: toOneLine(name ?? text) || 'unknown',
    email: email || 'unknown@localhost',
  };
}

/** The text is shown in terminals and on pages. */
function toOneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ').trim();
}

function notTaken(field: string, why: string): Problem {
  return {
    code: 'request-invalid',
    what: `Cannot keep revision.${field}`,
    why,
    next: 'Give the address as a browser opens it, or leave it out',
    transient: false,
  };
}

function tooLarge(field: string, next: string): Problem {
  return {
    code: 'request-too-large',
    what: `Cannot take the ${field} of this release`,
    why: 'they are larger than is kept',
    next,
    transient: false,
  };
}
