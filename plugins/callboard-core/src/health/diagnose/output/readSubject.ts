/** Subject of a program's error, where its message names it. */
export type ErrorSubject =
  | { kind: 'variable'; name: string }
  | { kind: 'package'; name: string }
  | { kind: 'file'; name: string }
  | { kind: 'port'; name: string }
  /** An address on which nothing listens. */
  | { kind: 'address'; name: string }
  /** A name that DNS does not resolve. */
  | { kind: 'host'; name: string };

const VARIABLE = '[A-Z][A-Z0-9_]{2,80}';
/** An underscore distinguishes a variable from a word in capitals. */
const VARIABLE_WITH_UNDERSCORE = '[A-Z][A-Z0-9]{0,40}_[A-Z0-9_]{1,60}';
const HOST = '[\\w.-]{2,120}';

/** Most specific first. Each names its subject in the first group. */
const PATTERNS: ReadonlyArray<[ErrorSubject['kind'], RegExp]> = [
  ['package', /Cannot find (?:module|package) ['"]([^'"]{1,200})['"]/],
  ['package', /No module named ['"]?([\w.]{1,120})/],
  ['package', /cannot load such file -- (\S{1,200})/],
  ['package', /Could not load file or assembly '([^',]{1,200})/],
  [
    'package',
    /(?:ClassNotFoundException|NoClassDefFoundError): ([\w.$/]{1,200})/,
  ],
  [
    'package',
    /error while loading shared libraries: ([\w.+-]{1,120})(?::|\s|$)/,
  ],
  [
    'variable',
    new RegExp(
      `(?:environment variable|env(?:ironment)? var|env variable|env)[:\\s]{1,3}["'\`]?(${VARIABLE})\\b`,
    ),
  ],
  [
    'variable',
    new RegExp(
      `["'\`]?\\b(${VARIABLE})["'\`]?(?: environment variable)? (?:is|was|are) (?:not set|not defined|not present|undefined|unset|missing|empty)`,
    ),
  ],
  [
    'variable',
    new RegExp(
      `["'\`]?\\b(${VARIABLE})["'\`]? (?:must be (?:set|defined|provided)|needs to be set|not set|has to be set|missing value)`,
    ),
  ],
  [
    'variable',
    new RegExp(`\\b(${VARIABLE_WITH_UNDERSCORE})["'\`]?:? (?:is )?required`),
  ],
  [
    'variable',
    new RegExp(
      `(?:[Mm]issing|[Rr]equired|[Uu]nset|[Uu]ndefined|[Nn]o|[Nn]eed|[Ss]et|placeholder|required key)(?: required)?(?: variable| value for)?:? ["'\`]?(${VARIABLE_WITH_UNDERSCORE})\\b`,
    ),
  ],
  [
    'variable',
    new RegExp(
      `(?:KeyError: |key not found: ):?["'](${VARIABLE_WITH_UNDERSCORE})["']`,
    ),
  ],
  [
    'port',
    /(?:EADDRINUSE|address already in use)[^\d]{0,40}(?:[\d.:a-f[\]]{0,40}:)?(\d{2,5})\b/i,
  ],
  ['port', /:(\d{2,5}): bind: address already in use/],
  ['port', /[Pp]ort (\d{2,5}) (?:was|is) already in use/],
  ['address', /\b([\w.-]{2,100}:\d{2,5}): (?:connect: )?connection refused/],
  ['address', /ECONNREFUSED ([\w.:[\]-]{3,120})/],
  ['address', /Connection to ([\w.-]{2,100}:\d{2,5}) refused/],
  [
    'host',
    new RegExp(
      `(?:getaddrinfo (?:ENOTFOUND|EAI_AGAIN)|no such host:?|lookup) (${HOST})`,
    ),
  ],
  ['host', new RegExp(`UnknownHostException: (${HOST})`)],
  ['host', new RegExp(`could not translate host name "(${HOST})"`)],
  ['file', /\bENOENT\b[^'"]{0,120}['"]([^'"]{1,200})['"]/],
  ['file', /No such file or directory: ['"]([^'"]{1,200})['"]/],
  ['file', /(?:open|stat|read) (\S{1,200}): no such file or directory/],
  ['file', /No such file or directory @ \w{1,40} - (\S{1,200})/],
  ['file', /FileNotFoundException: (\S{1,200}) \(No such file/],
  ['file', /Could not find file '([^']{1,200})'/],
];

/** Reads what a line of output reports as missing or blocked; undefined for any other line. */
export function readSubject(line: string): ErrorSubject | undefined {
  for (const [kind, pattern] of PATTERNS) {
    const name = pattern.exec(line)?.[1];
    if (name === undefined) continue;
    if (kind !== 'package') return { kind, name };
    return /^[./\\]|^node:/.test(name)
      ? { kind: 'file', name }
      : { kind, name: packageOf(name) };
  }
  return undefined;
}

/** `lodash/fp` belongs to `lodash`, `@acme/ui/button` to `@acme/ui`; modules of Python and classes keep their dots. */
function packageOf(name: string): string {
  const parts = name.split('/');
  return parts.slice(0, name.startsWith('@') ? 2 : 1).join('/');
}
