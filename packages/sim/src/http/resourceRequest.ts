import { badRequest } from '../errors';
import { isJsonObject, type JsonObject } from '../json';
import type { DeleteOptions, WriteOptions } from '../registry';
import type { Exchange } from './Exchange';
import type { Target } from './parseRequest';
import { parseBody, readBody } from './readBody';

/** A request for objects of one kind. */
export type ResourceTarget = Extract<Target, { kind: 'resource' }>;

/** Returns the selection of a list or watch. */
export function selectionOf({ namespace, name, query }: ResourceTarget) {
  const byName = name === undefined ? undefined : `metadata.name=${name}`;
  return {
    namespace,
    labelSelector: query.get('labelSelector') ?? undefined,
    fieldSelector: query.get('fieldSelector') ?? byName,
  };
}

/**
 * Returns the manager and options of a write. The default field manager is the
 * client's program name, as on a real server.
 */
export function writeOptions(
  exchange: Exchange,
  { query, subresource }: ResourceTarget,
): WriteOptions {
  const agent = exchange.request.headers['user-agent'] ?? 'unknown';
  const validation = query.get('fieldValidation');
  const dryRun = query.getAll('dryRun');
  if (dryRun.some(value => value !== 'All')) {
    throw badRequest(
      `CreateOptions.meta.k8s.io "" is invalid: dryRun: Unsupported value: ${JSON.stringify(
        dryRun,
      )}: supported values: "All"`,
    );
  }
  return {
    manager: query.get('fieldManager') || agent.split('/')[0],
    subresource: subresource === 'finalize' ? undefined : subresource,
    isDryRun: dryRun.length > 0,
    fieldValidation:
      validation === 'Ignore' || validation === 'Strict' ? validation : 'Warn',
    warn: message => exchange.warnings.push(message),
  };
}

/** Returns the object in a request's body; an empty one without a body. */
export async function readObjectBody(
  { request }: Exchange,
  kind: string,
): Promise<JsonObject> {
  const body = parseBody(
    await readBody(request),
    request.headers['content-type'] ?? '',
    kind,
  );
  if (body === null) return {};
  if (!isJsonObject(body))
    throw badRequest('the body of the request is not an object');
  return body;
}

/** Reads the options from the body, and from the query as older clients send them. */
export async function readDeleteOptions(
  exchange: Exchange,
  { query }: ResourceTarget,
): Promise<DeleteOptions> {
  const text = await readBody(exchange.request);
  const body = parseBody(text, exchange.request.headers['content-type'] ?? '');
  const options = (isJsonObject(body) ? body : {}) as DeleteOptions & {
    dryRun?: string[];
    orphanDependents?: boolean;
  };
  const grace = query.get('gracePeriodSeconds');
  const policy = query.get('propagationPolicy') as
    | DeleteOptions['propagationPolicy']
    | null;
  const orphan = options.orphanDependents === true ? 'Orphan' : undefined;
  return {
    propagationPolicy: options.propagationPolicy ?? policy ?? orphan,
    gracePeriodSeconds:
      options.gracePeriodSeconds ??
      (grace === null ? undefined : Number(grace)),
    preconditions: options.preconditions,
    isDryRun: (options.dryRun ?? query.getAll('dryRun')).length > 0,
  };
}
