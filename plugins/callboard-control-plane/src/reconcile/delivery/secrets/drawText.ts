import { randomInt } from 'node:crypto';

const LETTERS =
  'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** A text that nobody guesses: letters and digits, which mean nothing special in addresses, shells and SQL. */
export function drawText(length: number): string {
  return Array.from({ length }, () => LETTERS[randomInt(LETTERS.length)]).join(
    '',
  );
}
