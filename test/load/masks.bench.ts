/*
 * Secrets hidden in what apps print: the longest turn of the event loop while a
 * mask is prepared, and what it takes to look through a log.
 *
 *   node test/load/run.mjs masks
 */
import { randomBytes } from 'node:crypto';
// eslint-disable-next-line @backstage/no-relative-monorepo-imports
import { prepareMask } from '../../plugins/callboard-control-plane/src/reconcile/settings/maskSecrets';

const KIB = 1024;
const LONGEST = 32 * KIB; // a setting holds so much
const MANY = 200; // versions of secrets that are looked for

const random = (length: number) =>
  randomBytes(length).toString('base64').slice(0, length);
const many = (make: (index: number) => string) =>
  Array.from({ length: MANY }, (_, index) => make(index));
const pem = () =>
  `-----BEGIN KEY-----\n${random(LONGEST - 600).replace(
    /.{64}/g,
    '$&\n',
  )}\n-----END KEY-----\n`;

const SETS: Record<string, string[]> = {
  'of 32 characters': many(() => random(32)),
  'of 32 KiB': many(() => random(LONGEST)),
  'of 32 KiB in lines (PEM)': many(pem),
  'of 32 KiB, alike but for the end': many(
    index => `${'a'.repeat(LONGEST - 3)}${String(index).padStart(3, 'b')}`,
  ),
};

function logOf(length: number): string {
  let text = '';
  while (text.length < length)
    text += `2026-11-22T05:00:00Z info ${random(12)} GET /fleet 200 in ${
      text.length % 99
    } ms user=${random(20)}\n`;
  return text.slice(0, length);
}

const TEXTS: Record<string, string> = {
  'a log of 64 KiB': logOf(64 * KIB),
  'an "a" 65,536 times': 'a'.repeat(64 * KIB),
};

for (const [name, secrets] of Object.entries(SETS)) {
  const work = prepareMask(secrets);
  let longestMs = 0;
  let allMs = 0;
  for (;;) {
    const beganMs = performance.now();
    const step = work.next();
    const tookMs = performance.now() - beganMs;
    longestMs = Math.max(longestMs, tookMs);
    allMs += tookMs;
    if (!step.done) continue;
    const { mask, size } = step.value;
    const looks = Object.entries(TEXTS).map(([what, text]) => {
      const startMs = performance.now();
      mask(text);
      return `${what} ${(performance.now() - startMs).toFixed(0)} ms`;
    });
    process.stdout.write(
      `${MANY} ${name}: ${allMs.toFixed(0)} ms in turns of ${longestMs.toFixed(
        0,
      )} ms at most, ${(size / 1e6).toFixed(
        1,
      )} million characters; ${looks.join(', ')}\n`,
    );
    break;
  }
}
