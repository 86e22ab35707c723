import { type Result, failed, ok } from '../problem';
import { findNameFault } from './findNameFault';

/**
 * Accepts the name of an app: a DNS label (RFC 1123) of at most 63 characters,
 * because it becomes a label and part of a namespace. A problem never repeats
 * more of the name than its first 80 characters.
 */
export function checkAppName(name: string): Result<string> {
  const why = findNameFault(name);
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
