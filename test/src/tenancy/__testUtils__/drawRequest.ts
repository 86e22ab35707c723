import type { Random } from '@callboard/sim';
import type { Need } from '../policy';
import { type Line, ROUTES } from '../routes';

/** A request that may be odd, for any app. */
export interface Drawn {
  caller: string;
  /** What its route needs, as the reference policy says. */
  need: Need | 'own-code' | 'catalog';
  isAboutApp: boolean;
  method: string;
  pathOf(app: string): string;
  headers: Record<string, string>;
  bodyOf(app: string): string | undefined;
}

const API = '/api/callboard/v1';
/** Other doors at which an app can be asked for. */
const ELSEWHERE: Array<[method: string, path: string, body?: string]> = [
  ['GET', '/api/catalog/entities/by-name/component/default/{app}'],
  ['GET', '/api/catalog/entities/by-name/component/default/{app}/ancestry'],
  ['GET', '/api/catalog/entities?filter=kind=component,metadata.name={app}'],
  ['GET', '/api/catalog/entities/by-query?fullTextFilterTerm={app}'],
  [
    'GET',
    '/api/catalog/entity-facets?facet=kind&filter=kind=component,metadata.name={app}',
  ],
  [
    'POST',
    '/api/catalog/entities/by-refs',
    '{"entityRefs":["component:default/{app}"]}',
  ],
  // The group of the people of pay is called pay, and everybody may find it.
  ['GET', '/api/search/query?term={app}&filters[kind]=Component'],
  ['GET', '/api/callboard/agents/{app}/install.yaml?token=none'],
];
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
const NAMES: Array<(app: string) => string> = [
  app => `%${app.charCodeAt(0).toString(16)}${app.slice(1)}`,
  app => app.replace(/./g, each => `%${each.charCodeAt(0).toString(16)}`),
  app => `%25${app.charCodeAt(0).toString(16)}${app.slice(1)}`,
  app => app.toUpperCase(),
  app => `${app}%00`,
  app => `${app}%20`,
  app => `${app};v=1`,
  app => `${app}.`,
  app => `${app}%2f`,
  app => `${app}%2e%2e`,
  app => `./${app}`,
  app => `/${app}`,
  app => `none/../${app}`,
  app => `..%2fapps%2f${app}`,
  app => `${app}/.`,
  app => `${app},${app}`,
  app => `%ff${app}`,
];
const PATHS: Array<(path: string) => string> = [
  path => `${path}/`,
  path => path.replace('/v1/', '/v1//'),
  path => path.replace('/v1/', '/v1/./'),
  path => path.replace('/v1/', '/v1/apps/../'),
  path => path.replace('/v1/', '/V1/'),
  path => path.replace('/api/', '/API/'),
  path => path.replace('/api/', '//api/'),
  path => path.replace('/api/', '/api/%2e/'),
  path => `http://127.0.0.1${path}`,
  path => `${path}.json`,
  path => path.replace(/\/[^/]*$/, ''),
  path => path.replace(/\/dev\b/, '/%64ev'),
  path => path.replace(/\/dev\b/, '/../dev'),
  path => path.replace(/\/dev-1\b/, '/__proto__'),
  path => path.replace(/\/1\b/, '/99999999999999999999'),
  path => path.replace(/\/1\b/, '/-1'),
];
const QUERIES = [
  'at=2001-01-01T00:00:00Z',
  'at=2099-01-01T00:00:00Z',
  'at=now',
  'at=a&at=b',
  'at[x]=1',
  'app={app}',
  'limit=1',
  'limit=-1',
  'limit=99999999999',
  'cursor=WzFd',
  'cursor={app}',
  'from=2001-01-01T00:00:00Z',
  'lanes=all',
  'image={app}',
  'token={app}',
  '__proto__[x]=1',
  'service=git-upload-pack',
];
const HEADERS: Array<[name: string, value: string]> = [
  ['accept', 'text/html'],
  ['accept-encoding', 'gzip'],
  ['content-type', 'text/plain'],
  ['content-type', 'application/json; charset=utf-7'],
  ['content-type', 'multipart/form-data'],
  ['expect', '100-continue'],
  ['if-match', '*'],
  ['if-none-match', '*'],
  ['if-modified-since', 'Fri, 01 Jan 2100 00:00:00 GMT'],
  ['range', 'bytes=0-10'],
  ['x-forwarded-prefix', '/api/callboard/v1/apps'],
  ['x-http-method-override', 'GET'],
  ['x-original-url', '/api/callboard/v1/apps'],
  ['x-backstage-user', 'user:default/vera'],
  ['backstage-on-behalf-of', 'user:default/vera'],
  ['cookie', 'backstage-auth=none'],
];
const BODIES = [
  '',
  '{',
  '[]',
  'null',
  '"{app}"',
  '{"release":"{app}"}',
  '{"release":1e400}',
  '{"release":1,"replaces":99}',
  '{"release":1,"__proto__":{"actor":"user:default/vera"}}',
  '{"release":1,"actor":"user:default/vera","mayPromote":true}',
  `{"a":${'['.repeat(2_000)}${']'.repeat(2_000)}}`,
  '\u0000',
];

interface Route {
  need: Drawn['need'];
  method: string;
  path: string;
  body?: string;
}

/** Every operation of the API, and the other doors. */
function listDrawable(): Route[] {
  const ofApi = Object.entries(ROUTES).flatMap(([operation, lines]) =>
    lines.map(({ need, path, body }: Line): Route => {
      const sent = body?.({ owner: 'group:default/shop' });
      return {
        need,
        method: operation.split(' ')[0].toUpperCase(),
        path: `${API}${path}`,
        ...(sent !== undefined && { body: JSON.stringify(sent) }),
      };
    }),
  );
  const elsewhere = ELSEWHERE.map(
    ([method, path, body]): Route => ({
      need: path.startsWith('/api/callboard') ? 'see-app' : 'catalog',
      method,
      path,
      ...(body !== undefined && { body }),
    }),
  );
  const git = [
    ['GET', 'info/refs?service=git-upload-pack'],
    ['POST', 'git-upload-pack'],
  ].map(
    ([method, path]): Route => ({
      need: 'own-code',
      method,
      path: `/api/callboard/git/{app}.git/${path}`,
    }),
  );
  return [...ofApi, ...elsewhere, ...git];
}

const DRAWABLE = listDrawable();

/** One request: most are right in most places. */
export function drawRequest(random: Random, callers: readonly string[]): Drawn {
  const one = <T>(list: readonly T[]): T =>
    list[Math.floor(random.next() * list.length)];
  const maybe = (probability: number) => random.next() < probability;
  const route = one(DRAWABLE);
  const isGit = route.need === 'own-code';
  const writeName = maybe(0.3) ? one(NAMES) : (app: string) => app;
  const writePath = !isGit && maybe(0.25) ? one(PATHS) : (path: string) => path;
  const query =
    !isGit && maybe(0.3)
      ? Array.from({ length: 1 + Math.floor(random.next() * 2) }, () =>
          one(QUERIES),
        ).join('&')
      : '';
  const body = maybe(0.15) ? one(BODIES) : route.body;
  const method = maybe(0.15) ? one(METHODS) : route.method;
  const template = `${route.path}${query}${body ?? ''}`;
  return {
    caller: one(callers),
    need: route.need,
    isAboutApp: template.includes('{app}'),
    method,
    pathOf: app => {
      const path = writePath(route.path).replace('{app}', writeName(app));
      const mark = path.includes('?') ? '&' : '?';
      return query === ''
        ? path
        : `${path}${mark}${query.replaceAll('{app}', app)}`;
    },
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...Object.fromEntries(maybe(0.3) ? [one(HEADERS), one(HEADERS)] : []),
    },
    bodyOf: app =>
      ['GET', 'HEAD'].includes(method)
        ? undefined
        : body?.replaceAll('{app}', app),
  };
}

/** Ways in which a request may have written the name of its app, longest first. */
export function writingsOf(app: string): string[] {
  const decode = (text: string) => {
    try {
      return [text, decodeURIComponent(text)];
    } catch {
      return [text];
    }
  };
  return [app, ...NAMES.flatMap(write => decode(write(app)))]
    .filter(text => text.length >= app.length)
    .sort((one, other) => other.length - one.length);
}
