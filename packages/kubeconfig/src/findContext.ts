export type KubeconfigFields = Record<string, unknown>;

/** One context, with the fields of its cluster and its user as they are in the file. */
export interface KubeconfigContext {
  name: string;
  server: string;
  cluster: KubeconfigFields;
  /** Empty when the context names no user or one that the file does not contain. */
  user: KubeconfigFields;
}

const MAX_NAME = 100; // characters of a name that are shown in errors
const MAX_NAMES = 10;

/**
 * Finds a context in a kubeconfig; the current one when no name is given.
 *
 * @returns the context, or what the kubeconfig lacks, as the rest of a sentence
 *   about it
 */
export function findContext(
  kubeconfig: unknown,
  name?: string,
):
  | { ok: true; value: KubeconfigContext }
  | { ok: false; lacks: string; next: string } {
  const config = isFields(kubeconfig) ? kubeconfig : {};
  const wanted = name ?? config['current-context'];
  if (typeof wanted !== 'string' || wanted === '')
    return lacking('has no current-context', 'Name the context');
  const context = findNamed(config, 'context', wanted);
  if (context === undefined)
    return lacking(
      `has no context "${shorten(wanted)}"`,
      `Use one of: ${listNames(config.contexts)}`,
    );
  const cluster = findNamed(config, 'cluster', context.cluster);
  if (cluster === undefined)
    return lacking(
      `does not describe the cluster of context "${shorten(wanted)}"`,
      'Add it to clusters',
    );
  if (typeof cluster.server !== 'string' || cluster.server === '')
    return lacking(
      `names no server for the cluster of context "${shorten(wanted)}"`,
      'Add its address as server',
    );
  return {
    ok: true,
    value: {
      name: wanted,
      server: cluster.server,
      cluster,
      user: findNamed(config, 'user', context.user) ?? {},
    },
  };
}

/** Text of a field that holds Base64 (`client-key-data`). */
export function decodeData(value: unknown): string | undefined {
  return typeof value === 'string' && value !== ''
    ? Buffer.from(value, 'base64').toString('utf8')
    : undefined;
}

function lacking(lacks: string, next: string) {
  return { ok: false as const, lacks, next };
}

function findNamed(
  config: KubeconfigFields,
  field: 'context' | 'cluster' | 'user',
  name: unknown,
): KubeconfigFields | undefined {
  const list = config[`${field}s`];
  const found = Array.isArray(list)
    ? list.filter(isFields).find(each => each.name === name)?.[field]
    : undefined;
  return isFields(found) ? found : undefined;
}

function listNames(list: unknown): string {
  const names = (Array.isArray(list) ? list.filter(isFields) : []).flatMap(
    ({ name }) => (typeof name === 'string' && name !== '' ? [name] : []),
  );
  return (
    names.slice(0, MAX_NAMES).map(shorten).join(', ') || 'none is described'
  );
}

function shorten(name: string): string {
  return name.length <= MAX_NAME ? name : `${name.slice(0, MAX_NAME)}…`;
}

function isFields(value: unknown): value is KubeconfigFields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
