import type { Environment } from '@marcbachmann/cel-js';

/** A URL inside an expression, split by RFC 3986; nothing is ever fetched. */
class CelUrl {
  readonly scheme: string;
  readonly authority: string;
  readonly path: string;
  readonly query: string;

  constructor([, scheme, authority = '', path, query = '']: RegExpExecArray) {
    this.scheme = scheme ?? '';
    this.authority = authority.replace(/^[^@]*@/, '');
    this.path = path;
    this.query = query;
  }
}

const SPLIT =
  /^(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?:\/\/([^/?#\s]*))?([^?#\s]*)(?:\?([^#\s]*))?$/;

/**
 * Source: kubernetes/kubernetes staging/src/k8s.io/apiserver/pkg/cel/library/urls.go (1.36).
 */
export function registerUrls(environment: Environment): void {
  environment.registerType('URL', { ctor: CelUrl, fields: {} });
  const add = environment.registerFunction.bind(environment);
  add('url(string): URL', (text: string) => {
    const url = parseUrl(text);
    if (url === undefined) throw new Error(`"${text}" is not a URL`);
    return url;
  });
  add('isURL(string): bool', (text: string) => parseUrl(text) !== undefined);
  add('URL.getScheme(): string', ({ scheme }: CelUrl) => scheme);
  add('URL.getHost(): string', ({ authority }: CelUrl) => authority);
  add(
    'URL.getHostname(): string',
    ({ authority }: CelUrl) => splitPort(authority).host,
  );
  add(
    'URL.getPort(): string',
    ({ authority }: CelUrl) => splitPort(authority).port,
  );
  add('URL.getEscapedPath(): string', ({ path }: CelUrl) => path);
  add('URL.getQuery(): map<string, list<string>>', ({ query }: CelUrl) =>
    parseQuery(query),
  );
}

/** Absolute URLs and absolute paths, as Kubernetes accepts them. */
function parseUrl(text: string): CelUrl | undefined {
  const match = SPLIT.exec(text);
  if (!match || (match[1] === undefined && !text.startsWith('/')))
    return undefined;
  return new CelUrl(match);
}

function splitPort(authority: string): { host: string; port: string } {
  const match = /^(\[[^\]]*\]|[^:]*)(?::(\d*))?$/.exec(authority);
  return {
    host: (match?.[1] ?? authority).replace(/^\[|\]$/g, ''),
    port: match?.[2] ?? '',
  };
}

function parseQuery(query: string): Record<string, string[]> {
  const values: Record<string, string[]> = {};
  for (const pair of query.split('&')) {
    if (pair === '') continue;
    const [key, value = ''] = pair
      .split('=', 2)
      .map(part => decodeURIComponent(part.replace(/\+/g, ' ')));
    values[key] = [...(values[key] ?? []), value];
  }
  return values;
}
