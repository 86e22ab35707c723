import { Resolver } from 'node:dns/promises';

const TIMES = { timeout: 2_000, tries: 2 };
const MOST = 20; // a name may have as many as it likes
const NONE = new Set(['ENOTFOUND', 'ENODATA']);

/**
 * All addresses of a name as DNS says them, those of IPv4 first. Names below
 * `localhost` are this machine, as RFC 6761 has it.
 *
 * @returns none where there is no such name
 * @throws where no server answered
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
