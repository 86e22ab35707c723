/** A URL by its parts, as written; never fetched. */
export interface ParsedUrl {
  scheme: string;
  /** With port, without user. */
  host: string;
  path: string;
  query: string;
}

const CONTROL = /[\u0000-\u001f\u007f]/; // eslint-disable-line no-control-regex
const SCHEME = /^([A-Za-z][A-Za-z0-9+.-]*):/;
const ESCAPE = /^(?:[^%]|%[0-9A-Fa-f]{2})*$/;
const USER = /^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/;
const HOST =
  /^(?:[A-Za-z0-9\-_.~!$&'()*+,;=:[\]<>"\u0080-\uffff]|%[89A-Fa-f][0-9A-Fa-f])*$/;
const PORT = /^(?::\d*)?$/;

/**
 * Parses absolute URLs and absolute paths; undefined for text that Go's
 * `url.ParseRequestURI` refuses. A `#` is part of the path or query that
 * contains it.
 *
 * Source: net/url of Go 1.24, which Kubernetes' `url()` and `isURL()` call.
 */
export function parseUrl(text: string): ParsedUrl | undefined {
  if (text === '' || CONTROL.test(text) || text.startsWith(':'))
    return undefined;
  const scheme = SCHEME.exec(text)?.[1] ?? '';
  const rest = text.slice(scheme === '' ? 0 : scheme.length + 1);
  const mark = rest.indexOf('?');
  const query = mark < 0 ? '' : rest.slice(mark + 1);
  const before = mark < 0 ? rest : rest.slice(0, mark);
  const parts = { scheme: scheme.toLowerCase(), host: '', path: '', query };
  if (text === '*') return { ...parts, path: '*' };
  if (!before.startsWith('/')) return scheme === '' ? undefined : parts;
  if (scheme === '' || !before.startsWith('//')) return pathOf(before, parts);
  const slash = before.indexOf('/', 2);
  const authority = before.slice(2, slash < 0 ? undefined : slash);
  const host = readHost(authority);
  if (host === undefined) return undefined;
  return pathOf(slash < 0 ? '' : before.slice(slash), { ...parts, host });
}

function pathOf(path: string, parts: ParsedUrl): ParsedUrl | undefined {
  return ESCAPE.test(path) ? { ...parts, path } : undefined;
}

function readHost(authority: string): string | undefined {
  const at = authority.lastIndexOf('@');
  const user = authority.slice(0, Math.max(at, 0));
  const host = authority.slice(at + 1);
  if (!USER.test(user) || !ESCAPE.test(user)) return undefined;
  const bracket = host.startsWith('[') ? host.lastIndexOf(']') : undefined;
  if (bracket === -1) return undefined;
  const colon = host.lastIndexOf(':');
  const portAt = bracket ?? (colon < 0 ? host.length : colon - 1);
  const port = host.slice(
    bracket === undefined && colon < 0 ? portAt : portAt + 1,
  );
  return PORT.test(port) && HOST.test(host) ? host : undefined;
}
