const MASK = '***';
const LONGEST_TEXT = 4_000; // characters that are read; keeps every pattern below cheap on hostile input

/** Patterns that are a secret in any context. */
const TOKEN_SHAPES: readonly RegExp[] = [
  /\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?/g, // JSON web tokens
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, // AWS access keys
  /\bgh[opsur]_[A-Za-z0-9]{20,}\b/g, // GitHub tokens
  /\bgithub_pat_\w{20,}\b/g,
  /\bglpat-[\w-]{16,}/g, // GitLab tokens
  /\bxox[abprs]-[\w-]{10,}/g, // Slack tokens
  /\bAIza[\w-]{30,}/g, // Google API keys
  /\b[rs]k_(?:live|test)_\w{10,}/g, // Stripe keys
  /\bsk-[\w-]{20,}/g, // OpenAI-like keys
  /\bnpm_[A-Za-z0-9]{30,}\b/g,
  /\bcbt_[\w-]{20,}/g, // tokens of the portal
];

const NAMED =
  /((?:["']?)[\w.-]{0,60}(?:password|passwd|passphrase|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credentials?|pwd)[\w.-]{0,60}["']?\s{0,4}(?:=>|=|:)\s{0,4})("[^"]*"?|'[^']*'?|[^\s,;&"'}\]]+)/gi;
const IN_FLAG =
  /(--?[\w-]{0,40}(?:password|passwd|secret|token|api-?key)[\w-]{0,20}\s{1,4})(?!-)(\S+)/gi;
const IN_URL =
  /([a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@]{0,200}):([^\s@/]{1,400})@/gi;
const IN_HEADER = /((?:bearer|basic)\s{1,4})[\w.~+/=-]{6,}/gi;
const AUTHORIZATION =
  /((?:proxy-)?authorization["']?\s{0,4}[:=]\s{0,4}["']?)(?!bearer|basic)[^\s"',;]+/gi;
const COOKIE = /((?:set-)?cookie["']?\s{0,4}[:=]\s{0,4}).+/gi;

/** Without one of these no pattern here can match: most texts need this one test only. */
const MAY_MATCH = /[=:@_-]|bearer|basic|eyJ|AKIA|ASIA|AIza/i;

/**
 * Replaces what looks like a password, token or key by `***`.
 *
 * @remarks Recognizes names (`DB_PASSWORD=…`, `"apiKey": "…"`, `--token …`),
 *   URLs with a password, authorization headers, cookies and the formats of
 *   common tokens. It cannot recognize a secret without a name and without a
 *   known format; an app that prints such a value shows it to everybody who may
 *   read its output. Text past 4,000 characters is cut. Keys in PEM form over
 *   several lines: see {@link maskLines}.
 */
export function maskSecrets(text: string): string {
  let masked = text.slice(0, LONGEST_TEXT);
  if (!MAY_MATCH.test(masked)) return masked;
  masked = masked.replace(IN_URL, `$1:${MASK}@`);
  masked = masked.replace(COOKIE, `$1${MASK}`);
  masked = masked.replace(IN_HEADER, `$1${MASK}`);
  masked = masked.replace(AUTHORIZATION, `$1${MASK}`);
  masked = masked.replace(IN_FLAG, `$1${MASK}`);
  masked = masked.replace(
    NAMED,
    (_, name: string, value: string) => `${name}${maskValue(value)}`,
  );
  for (const shape of TOKEN_SHAPES) masked = masked.replace(shape, MASK);
  return masked;
}

function maskValue(value: string): string {
  const quote = /^["']/.exec(value)?.[0] ?? '';
  return `${quote}${MASK}${quote}`;
}

const KEY_BEGINS = /-----BEGIN [A-Z ]{0,40}PRIVATE KEY/;
const KEY_ENDS = /-----END [A-Z ]{0,40}PRIVATE KEY/;

/**
 * Masks by {@link maskSecrets} line by line; the lines between `BEGIN … PRIVATE
 * KEY` and its `END` are replaced too, and so are all lines before an `END`
 * whose `BEGIN` was before the first line.
 */
export function maskLines(lines: readonly string[]): string[] {
  const isOfKey = findKeyLines(lines);
  return lines.map((line, index) =>
    isOfKey[index] ? MASK : maskSecrets(line),
  );
}

/**
 * Returns which lines belong to a private key in PEM form, including the first
 * ones where its `BEGIN` was before them.
 */
export function findKeyLines(lines: readonly string[]): boolean[] {
  const edge = lines.find(line => KEY_BEGINS.test(line) || KEY_ENDS.test(line));
  let isInKey = edge !== undefined && !KEY_BEGINS.test(edge);
  return lines.map(line => {
    const begins = KEY_BEGINS.test(line);
    const isOfKey = isInKey || begins;
    isInKey = isOfKey && !KEY_ENDS.test(line);
    return isOfKey;
  });
}
