import { type Result, failed, ok } from '../problem';

const DNS_LABEL = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;
const MAX_LENGTH = 63;

/**
 * Accepts the name of an app: a DNS label (RFC 1123) of at most 63 characters,
 * because it becomes a label and part of a namespace. A problem never repeats
 * more of the name than its first 80 characters.
 */
export function checkAppName(name: string): Result<string> {
  const why = findFault(name);
  if (!why) return ok(name);
  return failed({
    code: 'app-name-invalid',
    what: `Cannot use "${
      name.length > 80 ? `${name.slice(0, 79)}…` : name
    }" as the name of an app`,
    why,
    next: 'Choose a name of at most 63 characters from a-z, 0-9 and "-" that starts and ends with a letter or digit',
    transient: false,
  });
}

function findFault(name: string): string | undefined {
  if (name === '') return 'the name is empty';
  if (name.length > MAX_LENGTH)
    return `it has ${name.length} characters, at most ${MAX_LENGTH} are allowed`;
  if (DNS_LABEL.test(name)) return undefined;
  const odd = /[^a-z0-9-]/u.exec(name);
  if (odd)
    return /[A-Z]/.test(odd[0])
      ? `it contains the capital letter "${odd[0]}"`
      : `it contains ${JSON.stringify(odd[0])}`;
  return 'it starts or ends with "-"';
}
