import {
  aggregatedDocument,
  apiGroupDocument,
  apiGroupListDocument,
  apiResourceListDocument,
  apiVersionsDocument,
  openApiV2Document,
  openApiV3Document,
  openApiV3Index,
} from '../discovery';
import { methodNotAllowed, pathNotFound } from '../errors';
import { aggregatedMetrics, describeMetricsGroup } from '../metrics';
import type { JsonObject } from '../json';
import { type Exchange, sendJson, sendText } from './Exchange';

/** Handles paths that are no resources: version, health, discovery, OpenAPI. */
export function handleDocument(
  exchange: Exchange,
  path: string,
  {
    version,
    prefix,
    hasMetrics,
  }: { version: string; prefix: string; hasMetrics: boolean },
): void {
  if (['/healthz', '/livez', '/readyz'].includes(path))
    return sendText(exchange, 200, 'ok');
  const document = findDocument(path, {
    version,
    prefix,
    hasMetrics,
    accept: exchange.request.headers.accept ?? '',
  });
  if (document === undefined) {
    if (isKnownGroup(path)) throw pathNotFound();
    return sendText(exchange, 404, '404 page not found\n');
  }
  if (exchange.request.method !== 'GET') throw methodNotAllowed();
  if ('cached' in document) return sendCached(exchange, document.cached);
  return sendJson(exchange, 200, document.body, document.headers);
}

/** An unknown path below a served group is answered with a Status, any other one with text. */
function isKnownGroup(path: string): boolean {
  const [root, ...rest] = path.slice(1).split('/');
  const groupVersion = root === 'api' ? rest[0] : rest.slice(0, 2).join('/');
  return (
    ['api', 'apis'].includes(root) &&
    apiResourceListDocument(groupVersion) !== undefined
  );
}

type Answer =
  | { body: JsonObject; headers?: Record<string, string> }
  | { cached: string };

const AGGREGATED =
  'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';

function findDocument(
  path: string,
  context: {
    version: string;
    prefix: string;
    hasMetrics: boolean;
    accept: string;
  },
): Answer | undefined {
  switch (path) {
    case '/version':
      return { body: versionDocument(context.version) };
    case '/api':
    case '/apis':
      return rootDocument(path === '/api' ? 'api' : 'apis', context);
    case '/openapi/v2':
      return { cached: cache('v2', openApiV2Document) };
    case '/openapi/v3':
      return { body: openApiV3Index(context.prefix) };
    default:
      return groupDocument(path);
  }
}

function rootDocument(
  root: 'api' | 'apis',
  { accept, hasMetrics }: { accept: string; hasMetrics: boolean },
): Answer {
  const isWithMetrics = hasMetrics && root === 'apis';
  if (/g=apidiscovery\.k8s\.io;v=v2;/.test(accept))
    return {
      body: aggregatedDocument(
        root,
        isWithMetrics ? [aggregatedMetrics()] : [],
      ),
      headers: { 'Content-Type': AGGREGATED },
    };
  return {
    body:
      root === 'api'
        ? apiVersionsDocument()
        : apiGroupListDocument(isWithMetrics ? [describeMetricsGroup()] : []),
  };
}

function groupDocument(path: string): Answer | undefined {
  const [root, ...rest] = path.slice(1).split('/');
  if (root === 'openapi' && rest[0] === 'v3') {
    const name = rest.slice(1).join('/');
    return openApiV3Document(name) === undefined
      ? undefined
      : { cached: cache(name, () => openApiV3Document(name) ?? {}) };
  }
  if (root === 'api' && rest.length === 1)
    return asAnswer(apiResourceListDocument(rest[0]));
  if (root !== 'apis') return undefined;
  return asAnswer(
    rest.length === 1
      ? apiGroupDocument(rest[0])
      : apiResourceListDocument(rest.join('/')),
  );
}

function asAnswer(body: JsonObject | undefined): Answer | undefined {
  return body === undefined ? undefined : { body };
}

function versionDocument(version: string): JsonObject {
  const [major, minor] = version.split('.');
  return {
    major,
    minor,
    emulationMajor: major,
    emulationMinor: minor,
    minCompatibilityMajor: major,
    minCompatibilityMinor: String(Number(minor) - 1),
    gitVersion: `v${version}`,
    gitCommit: 'callboard-sim',
    gitTreeState: 'clean',
    buildDate: '2026-01-01T00:00:00Z',
    goVersion: 'none',
    compiler: 'none',
    platform: 'linux/amd64',
  };
}

/** OpenAPI documents are large and the same in every cluster: each text is created once. */
const texts = new Map<string, string>();

function cache(key: string, make: () => JsonObject): string {
  const text = texts.get(key) ?? JSON.stringify(make());
  texts.set(key, text);
  return text;
}

function sendCached({ response }: Exchange, text: string): void {
  response.writeHead(200, { 'Content-Type': 'application/json' });
  response.end(text);
}
