import { type Result, failed, ok } from '../problem';
import { shorten } from '../words/shorten';

/** `env`, or `example.com/env`. */
export const LABEL_KEY =
  /^(?:[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?\/)?[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
/** May be empty. */
export const LABEL_VALUE =
  /^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;

/**
 * Accepts one label of a cluster, as Kubernetes does. A problem never repeats
 * more than the first 80 characters.
 */
export function checkLabel(
  key: string,
  value: string,
): Result<{ key: string; value: string }> {
  const why = findFault(key, value);
  if (!why) return ok({ key, value });
  return failed({
    code: 'label-invalid',
    what: `Cannot use the label "${shorten(`${key}=${value}`)}"`,
    why,
    next: 'Use at most 63 characters from a-z, A-Z, 0-9, "-", "_" and "." that start and end with a letter or digit',
    transient: false,
  });
}

function findFault(key: string, value: string): string | undefined {
  if (key === '') return 'its key is empty';
  if (!LABEL_KEY.test(key)) return `its key "${shorten(key)}" is not valid`;
  if (!LABEL_VALUE.test(value))
    return `its value "${shorten(value)}" is not valid`;
  return undefined;
}
