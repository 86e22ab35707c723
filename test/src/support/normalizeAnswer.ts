import type { ApiAnswer } from './ApiClient';

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;
const UID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const TOKEN_VOLUME = /kube-api-access-[a-z0-9]{5}/g;
/** Conflicts come in the order of a Go map; who owns fields in the order of seconds, and two writes may share one. */
const IN_ANY_ORDER: ReadonlySet<string> = new Set(['causes', 'managedFields']);
const CLUSTER_IP = /10\.96\.\d+\.\d+/g;

/** An answer without what differs from run to run: times, uids, revisions, addresses, generated names. */
export function normalizeAnswer({
  status,
  body,
  warnings,
}: ApiAnswer): unknown {
  return {
    status,
    ...(warnings.length > 0 ? { warnings } : {}),
    body: normalizeValue(body, ''),
  };
}

function normalizeValue(value: unknown, key: string): unknown {
  if (IN_ANY_ORDER.has(key) && Array.isArray(value))
    return inOrder(value.map(item => normalizeValue(item, '')));
  if (Array.isArray(value)) return value.map(item => normalizeValue(item, key));
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(
      entries.map(([name, member]) => [name, normalizeValue(member, name)]),
    );
  }
  if (key === 'resourceVersion') return '<revision>';
  if (key === 'nodePort' && typeof value === 'number' && value >= 30_000)
    return '<port>';
  if (typeof value !== 'string') return value;
  if (TIME.test(value)) return '<time>';
  return value
    .replace(UID, '<uid>')
    .replace(TOKEN_VOLUME, 'kube-api-access-<suffix>')
    .replace(CLUSTER_IP, '<address>')
    .replace(/\n@@[\s\S]*$/, '') // a diff of Go structs
    .replace(
      /ResourceVersion in record \(\d+\)/g,
      'ResourceVersion in record (<revision>)',
    );
}

function inOrder(values: unknown[]): unknown[] {
  const text = (value: unknown) => JSON.stringify(value);
  return [...values].sort((a, b) => (text(a) < text(b) ? -1 : 1));
}
