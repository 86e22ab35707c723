import type { Environment } from '@marcbachmann/cel-js';
import { parseUrl, type ParsedUrl } from './parseUrl';

/** A URL in an expression; opaque, so that only the functions here accept it. */
class CelUrl {
  readonly parts: ParsedUrl;
  readonly text: string;

  constructor(parts: ParsedUrl, text: string) {
    this.parts = parts;
    this.text = text;
  }
}

/** Registers URLs. Source: kubernetes/kubernetes staging/src/k8s.io/apiserver/pkg/cel/library/urls.go (1.36). */
export function registerUrls(environment: Environment): void {
  environment.registerType('URL', { ctor: CelUrl, fields: {} });
  const add = environment.registerFunction.bind(environment);
  add('url(string): URL', (text: string) => {
    const parts = parseUrl(text);
    if (parts === undefined) throw new Error(`"${text}" is not a URL`);
    return new CelUrl(parts, text);
  });
  add('isURL(string): bool', (text: string) => parseUrl(text) !== undefined);
  add('URL.getScheme(): string', ({ parts }: CelUrl) => parts.scheme);
  add('URL.getHost(): string', ({ parts }: CelUrl) => parts.host);
  add('URL.getHostname(): string', ({ parts }: CelUrl) =>
    parts.host.replace(/:\d*$/, '').replace(/^\[(.*)\]$/, '$1'),
  );
  add(
    'URL.getPort(): string',
    ({ parts }: CelUrl) => /:(\d*)$/.exec(parts.host)?.[1] ?? '',
  );
  add('URL.getEscapedPath(): string', ({ parts }: CelUrl) =>
    escapePath(parts.path),
  );
  add('URL.getQuery(): map<string, list<string>>', ({ parts }: CelUrl) =>
    parseQuery(parts.query),
  );
  environment.registerOperator(
    'URL == URL',
    (a: CelUrl, b: CelUrl) => writeUrl(a) === writeUrl(b),
  );
}

/** As written, with the scheme in lower case. */
function writeUrl({ parts: { scheme }, text }: CelUrl): string {
  return `${scheme}${text.slice(scheme.length)}`;
}

/** As written, where that is a valid path; else with invalid characters escaped. */
function escapePath(path: string): string {
  if (/^[A-Za-z0-9\-._~!$&'()*+,;=:@[\]/%]*$/.test(path)) return path;
  return encodeURI(decodeURIComponent(path))
    .replace(/[?#]/g, character => encodeURIComponent(character))
    .replace(
      /[!'()*]/g,
      character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
    );
}

function parseQuery(query: string): Record<string, string[]> {
  const values: Record<string, string[]> = {};
  for (const pair of query.split('&')) {
    if (pair === '' || pair.includes(';')) continue;
    const at = pair.indexOf('=');
    const key = unescape(at < 0 ? pair : pair.slice(0, at));
    const value = unescape(at < 0 ? '' : pair.slice(at + 1));
    if (key === undefined || value === undefined) continue;
    values[key] = [...(values[key] ?? []), value];
  }
  return values;
}

/** Undefined for invalid escapes; such a pair is left out. */
function unescape(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replace(/\+/g, ' '));
  } catch {
    return undefined;
  }
}
