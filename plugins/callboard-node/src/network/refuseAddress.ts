import { BlockList, isIP } from 'node:net';

/**
 * Addresses that no API server has, but that serve credentials or configuration
 * of the machine the portal runs on. Sources: RFC 3927 and 4291 (link-local),
 * the metadata services of AWS, Google and Azure (169.254.169.254), AWS over
 * IPv6, Alibaba, Oracle and Azure's host agent.
 */
const REFUSED = new BlockList();
REFUSED.addSubnet('169.254.0.0', 16, 'ipv4');
REFUSED.addSubnet('0.0.0.0', 8, 'ipv4');
REFUSED.addSubnet('224.0.0.0', 3, 'ipv4'); // multicast and reserved
REFUSED.addAddress('100.100.100.200', 'ipv4');
REFUSED.addAddress('192.0.0.192', 'ipv4');
REFUSED.addAddress('168.63.129.16', 'ipv4');
REFUSED.addAddress('::', 'ipv6');
REFUSED.addSubnet('fe80::', 10, 'ipv6');
REFUSED.addSubnet('ff00::', 8, 'ipv6');
REFUSED.addSubnet('fd00:ec2::', 32, 'ipv6');
// They embed an IPv4 address too, and routers on the way decide where it leads.
REFUSED.addSubnet('2001::', 32, 'ipv6'); // Teredo
REFUSED.addSubnet('2002::', 16, 'ipv6'); // 6to4
REFUSED.addSubnet('64:ff9b:1::', 48, 'ipv6'); // a network's own NAT64
REFUSED.addSubnet('fec0::', 10, 'ipv6'); // site-local, withdrawn

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

const NEAR = new BlockList();
NEAR.addSubnet('127.0.0.0', 8, 'ipv4');
NEAR.addSubnet('10.0.0.0', 8, 'ipv4');
NEAR.addSubnet('172.16.0.0', 12, 'ipv4');
NEAR.addSubnet('192.168.0.0', 16, 'ipv4');
NEAR.addAddress('::1', 'ipv6');
NEAR.addSubnet('fc00::', 7, 'ipv6');

/** Shared addresses of providers (RFC 6598): not public. */
const SHARED = new BlockList();
SHARED.addSubnet('100.64.0.0', 10, 'ipv4');

/** True for link-local and metadata addresses, including IPv4 embedded in IPv6. */
export function isRefusedAddress(address: string): boolean {
  return isIn(REFUSED, address);
}

/** True for loopback and private addresses, where plain HTTP does not cross the public internet. */
export function isNearAddress(address: string): boolean {
  return isIn(NEAR, address);
}

/** True for addresses that a provider shares among its customers. */
export function isSharedAddress(address: string): boolean {
  return isIn(SHARED, address);
}

/** True for addresses of this machine itself. */
export function isLoopbackAddress(address: string): boolean {
  return isIn(LOOPBACK, address);
}

function isIn(list: BlockList, address: string): boolean {
  const family = isIP(address);
  if (family === 0) return false;
  if (family === 4) return list.check(address, 'ipv4');
  const inner = innerIpv4(address);
  return (
    list.check(address, 'ipv6') ||
    (inner !== undefined && list.check(inner, 'ipv4'))
  );
}

/** Returns the IPv4 address in `::ffff:a.b.c.d`, `::a.b.c.d` and `64:ff9b::a.b.c.d`, in any notation. */
function innerIpv4(address: string): string | undefined {
  const groups = new URL(`http://[${address.split('%')[0]}]`).hostname.slice(
    1,
    -1,
  ); // canonical form
  const match =
    /^(?:::(?:ffff:)?|64:ff9b::)([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(groups);
  if (match === null) return undefined;
  const [high, low] = [match[1], match[2]].map(group => parseInt(group, 16));
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}
