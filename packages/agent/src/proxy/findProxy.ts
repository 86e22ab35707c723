import { BlockList, isIP } from 'node:net';

/** A forward proxy on the way to the hub. */
export interface Proxy {
  /** `http:`, or `https:` where the connection to the proxy itself is TLS. */
  protocol: 'http:' | 'https:';
  host: string;
  port: number;
  /** Credentials for the proxy, as a header; never shown. */
  authorization?: string;
}

/**
 * Finds the proxy for an address in the environment, by the conventions of curl
 * and Go: `HTTPS_PROXY` for `wss://`, `HTTP_PROXY` for `ws://`, `ALL_PROXY` for
 * both, in upper or lower case, unless `NO_PROXY` matches the host.
 *
 * Throws when the configured proxy cannot be used. The message never quotes it,
 * because it may contain a password.
 */
export function findProxy(
  url: string,
  env: NodeJS.ProcessEnv,
): Proxy | undefined {
  const { hostname, port, protocol } = new URL(url);
  const isSecure = protocol === 'wss:';
  const host = withoutBrackets(hostname);
  const rules = read(env, 'NO_PROXY')?.value ?? '';
  if (isExempt(rules, { host, port: Number(port) || (isSecure ? 443 : 80) }))
    return undefined;
  const found =
    read(env, isSecure ? 'HTTPS_PROXY' : 'HTTP_PROXY') ??
    read(env, 'ALL_PROXY');
  return found && readProxy(found);
}

/** The proxy's address as it may be shown: without credentials. */
export function nameProxy({ host, port }: Proxy): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function read(
  env: NodeJS.ProcessEnv,
  name: string,
): { name: string; value: string } | undefined {
  for (const each of [name, name.toLowerCase()]) {
    const value = env[each]?.trim();
    if (value) return { name: each, value };
  }
  return undefined;
}

function readProxy({ name, value }: { name: string; value: string }): Proxy {
  const text = value.includes('://') ? value : `http://${value}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isUsable =
    (url?.protocol === 'http:' || url?.protocol === 'https:') &&
    url.hostname !== '';
  if (!url || !isUsable)
    throw new Error(
      `${name} must be an address like http://proxy.example:3128; other kinds of proxies are not known here`,
    );
  const { username, password } = url;
  const protocol = url.protocol === 'https:' ? 'https:' : 'http:';
  const who = `${decode(username, name)}:${decode(password, name)}`;
  return {
    protocol,
    host: withoutBrackets(url.hostname),
    port: Number(url.port) || (protocol === 'https:' ? 443 : 80),
    ...((username || password) && {
      authorization: `Basic ${Buffer.from(who).toString('base64')}`,
    }),
  };
}

function decode(text: string, name: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Error(
      `The name or the password in ${name} is not encoded: write "%" as %25`,
    );
  }
}

/**
 * Whether a list matches a host: `example.com` (with its subdomains),
 * `.example.com`, `10.0.0.0/8`, `10.1.2.3`, `host:8443`, or `*`.
 */
function isExempt(
  rules: string,
  { host, port }: { host: string; port: number },
): boolean {
  return rules
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(rule => rule !== '')
    .some(rule => {
      if (rule === '*') return true;
      if (rule.includes('/')) return isInSubnet(rule, host);
      const [, name, only] = /^(.*?)(?::(\d+))?$/.exec(
        isIP(rule) === 6 ? `[${rule}]` : rule,
      ) ?? ['', rule];
      if (only !== undefined && Number(only) !== port) return false;
      const bare = withoutBrackets(name).replace(/^\*?\./, '');
      return host === bare || (isIP(host) === 0 && host.endsWith(`.${bare}`));
    });
}

function isInSubnet(rule: string, host: string): boolean {
  const [net, bits] = rule.split('/');
  const family = isIP(net);
  if (family === 0 || isIP(host) !== family || !/^\d{1,3}$/.test(bits))
    return false;
  const type = family === 6 ? 'ipv6' : 'ipv4';
  if (Number(bits) > (family === 6 ? 128 : 32)) return false;
  const list = new BlockList();
  list.addSubnet(net, Number(bits), type);
  return list.check(host, type);
}

function withoutBrackets(host: string): string {
  return host.toLowerCase().replace(/^\[|\]$/g, '');
}
