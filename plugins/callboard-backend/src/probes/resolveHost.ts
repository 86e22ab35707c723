import { Resolver } from 'node:dns/promises';

const TIMES = { timeout: 2_000, tries: 2 };
const MOST = 20; // DNS may return any number
const NONE = new Set(['ENOTFOUND', 'ENODATA']);

/**
 * Resolves all addresses of a name by DNS, IPv4 first. Names below `localhost`
 * are this machine, as in RFC 6761.
 *
 * @returns none where the name does not exist
 * @throws where no server responded
 */
export async function resolveHost(host: string): Promise<string[]> {
  if (host === 'localhost' || host.endsWith('.localhost')) return ['127.0.0.1'];
  const resolver = new Resolver(TIMES);
  const [four, six] = await Promise.allSettled([
    resolver.resolve4(host),
    resolver.resolve6(host),
  ]);
  const found = [four, six].flatMap(each =>
    each.status === 'fulfilled' ? each.value : [],
  );
  const unknown = [four, six].find(
    each =>
      each.status === 'rejected' && !NONE.has(String(each.reason?.code ?? '')),
  );
  if (found.length === 0 && unknown?.status === 'rejected')
    throw unknown.reason;
  return found.slice(0, MOST);
}
