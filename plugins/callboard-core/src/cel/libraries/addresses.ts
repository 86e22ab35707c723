import type { Environment } from '@marcbachmann/cel-js';

/** An IP address in an expression. */
class CelIp {
  readonly bits: bigint;
  readonly family: 4 | 6;

  constructor(bits: bigint, family: 4 | 6) {
    this.bits = bits;
    this.family = family;
  }
}

/** A network in an expression. */
class CelCidr {
  readonly address: CelIp;
  readonly prefix: number;

  constructor(address: CelIp, prefix: number) {
    this.address = address;
    this.prefix = prefix;
  }
}

/**
 * Registers IP addresses and networks. Source: kubernetes/kubernetes
 * staging/src/k8s.io/apiserver/pkg/cel/library/ip.go and cidr.go (1.36).
 */
export function registerAddresses(environment: Environment): void {
  environment.registerType('IP', { ctor: CelIp, fields: {} });
  environment.registerType('CIDR', { ctor: CelCidr, fields: {} });
  const add = environment.registerFunction.bind(environment);
  add('ip(string): IP', (text: string) => readIp(text));
  add('isIP(string): bool', (text: string) => parseIp(text) !== undefined);
  add('IP.family(): int', ({ family }: CelIp) => BigInt(family));
  add('IP.isUnspecified(): bool', ({ bits }: CelIp) => bits === 0n);
  add('IP.isLoopback(): bool', (ip: CelIp) =>
    ip.family === 4 ? ip.bits >> 24n === 127n : ip.bits === 1n,
  );
  add('IP.isLinkLocalUnicast(): bool', (ip: CelIp) =>
    ip.family === 4 ? ip.bits >> 16n === 0xa9fen : ip.bits >> 118n === 0x3fan,
  );
  add('cidr(string): CIDR', (text: string) => readCidr(text));
  add('isCIDR(string): bool', (text: string) => parseCidr(text) !== undefined);
  add('CIDR.prefixLength(): int', ({ prefix }: CelCidr) => BigInt(prefix));
  add('CIDR.ip(): IP', ({ address }: CelCidr) => address);
  add(
    'CIDR.masked(): CIDR',
    (cidr: CelCidr) =>
      new CelCidr(mask(cidr.address, cidr.prefix), cidr.prefix),
  );
  add('CIDR.containsIP(IP): bool', (cidr: CelCidr, ip: CelIp) =>
    contains(cidr, ip),
  );
  add('CIDR.containsIP(string): bool', (cidr: CelCidr, text: string) =>
    contains(cidr, readIp(text)),
  );
  add('CIDR.containsCIDR(CIDR): bool', (outer: CelCidr, inner: CelCidr) =>
    encloses(outer, inner),
  );
  add('CIDR.containsCIDR(string): bool', (outer: CelCidr, text: string) =>
    encloses(outer, readCidr(text)),
  );
  environment.registerOperator('IP == IP', isSameIp);
  environment.registerOperator(
    'CIDR == CIDR',
    (a: CelCidr, b: CelCidr) =>
      a.prefix === b.prefix && isSameIp(a.address, b.address),
  );
}

function isSameIp(a: CelIp, b: CelIp): boolean {
  return a.family === b.family && a.bits === b.bits;
}

function readIp(text: string): CelIp {
  const ip = parseIp(text);
  if (ip === undefined) throw new Error(`"${text}" is not an IP address`);
  return ip;
}

function readCidr(text: string): CelCidr {
  const cidr = parseCidr(text);
  if (cidr === undefined) throw new Error(`"${text}" is not a CIDR`);
  return cidr;
}

function parseIp(text: string): CelIp | undefined {
  return text.includes(':') ? parseIp6(text) : parseIp4(text);
}

function parseIp4(text: string): CelIp | undefined {
  const parts = text.split('.');
  if (
    parts.length !== 4 ||
    !parts.every(part => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)
  ) {
    return undefined;
  }
  return new CelIp(
    parts.reduce((bits, part) => bits * 256n + BigInt(part), 0n),
    4,
  );
}

function parseIp6(text: string): CelIp | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail = []] = halves.map(half =>
    half === '' ? [] : half.split(':'),
  );
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const groups = [
    ...head,
    ...Array.from({ length: missing }, () => '0'),
    ...tail,
  ];
  if (!groups.every(group => /^[0-9a-fA-F]{1,4}$/.test(group)))
    return undefined;
  return new CelIp(
    groups.reduce((bits, group) => bits * 65536n + BigInt(`0x${group}`), 0n),
    6,
  );
}

function parseCidr(text: string): CelCidr | undefined {
  const [address, prefix, ...rest] = text.split('/');
  const ip = parseIp(address);
  if (
    ip === undefined ||
    rest.length > 0 ||
    !/^(0|[1-9]\d{0,2})$/.test(prefix ?? '')
  )
    return undefined;
  const length = Number(prefix);
  return length <= widthOf(ip) ? new CelCidr(ip, length) : undefined;
}

function widthOf({ family }: CelIp): number {
  return family === 4 ? 32 : 128;
}

function mask(ip: CelIp, prefix: number): CelIp {
  const shift = BigInt(widthOf(ip) - prefix);
  return new CelIp((ip.bits >> shift) << shift, ip.family);
}

function contains({ address, prefix }: CelCidr, ip: CelIp): boolean {
  return (
    address.family === ip.family &&
    mask(address, prefix).bits === mask(ip, prefix).bits
  );
}

function encloses(outer: CelCidr, inner: CelCidr): boolean {
  return (
    outer.prefix <= inner.prefix &&
    contains(outer, mask(inner.address, inner.prefix))
  );
}
