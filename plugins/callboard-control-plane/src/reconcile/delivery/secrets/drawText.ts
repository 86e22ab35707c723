import { randomInt } from 'node:crypto';

const LETTERS =
  'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Generates a random text of letters and digits, which need no escaping in addresses, shells and SQL. */
export function drawText(length: number): string {
  return Array.from({ length }, () => LETTERS[randomInt(LETTERS.length)]).join(
    '',
  );
}
