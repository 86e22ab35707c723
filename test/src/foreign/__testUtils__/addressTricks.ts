/** An address that somebody else wrote, and what it would lead to. */
export interface AddressTrick {
  name: string;
  /** As it stands in an address: a name, or an address with brackets where it needs them. */
  host: string;
}

/** Where nothing of the product has anything to do, no matter who asks. */
export const METADATA = [
  '169.254.169.254',
  '169.254.170.2',
  '169.254.0.1',
  '100.100.100.200',
  '192.0.0.192',
  '168.63.129.16',
  'fd00:ec2::254',
  'fe80::1',
];
/** Where those at a public address have no business to send us. */
export const PRIVATE = [
  '127.0.0.1',
  '127.9.8.7',
  '10.20.30.40',
  '172.20.0.9',
  '192.168.7.7',
  '100.64.0.9',
  'fd12::1',
  '::1',
];
const NOWHERE = ['0.0.0.0', '0.1.2.3', '224.0.0.1', '255.255.255.255', '::'];

/** Every way to write an address so that a check may take it for another. */
export function addressTricks(): AddressTrick[] {
  return [...METADATA, ...PRIVATE, ...NOWHERE].flatMap(address =>
    Object.entries(
      address.includes(':') ? formsOfIpv6(address) : formsOfIpv4(address),
    ).map(([form, host]) => ({ name: `${address} as ${form}: ${host}`, host })),
  );
}

function formsOfIpv4(address: string): Record<string, string> {
  const parts = address.split('.').map(Number);
  const [a, b, c, d] = parts;
  const number = ((a * 256 + b) * 256 + c) * 256 + d;
  const hex = number.toString(16).padStart(8, '0');
  const groups = `${hex.slice(0, 4)}:${hex.slice(4)}`;
  const label = parts.join('-');
  return {
    'it is': address,
    'one number': `${number}`,
    'one hexadecimal number': `0x${hex}`,
    'one octal number': `0${number.toString(8)}`,
    'hexadecimal parts': parts.map(part => `0x${part.toString(16)}`).join('.'),
    'octal parts': parts.map(part => `0${part.toString(8)}`).join('.'),
    'parts with zeros in front': parts
      .map(part => `000${part.toString(8)}`)
      .join('.'),
    'two parts': `${a}.${number % 2 ** 24}`,
    'three parts': `${a}.${b}.${number % 2 ** 16}`,
    'mixed parts': `0x${a.toString(16)}.${b}.0${c.toString(8)}.${d}`,
    'with a dot behind': `${address}.`,
    'a number beyond its end': `${number + 2 ** 32}`,
    'in wide digits': [...address]
      .map(sign =>
        sign === '.' ? '\u3002' : String.fromCodePoint(0xff10 + Number(sign)),
      )
      .join(''),
    'percent signs': [...address]
      .map(sign => `%${sign.charCodeAt(0).toString(16)}`)
      .join(''),
    'behind a user': `203.0.113.5@${address}`,
    'behind a backslash': `${address}\\@203.0.113.5`,
    'before a fragment': `${address}#@203.0.113.5`,
    'IPv4 in IPv6': `[::ffff:${address}]`,
    'IPv4 in IPv6, hexadecimal': `[::ffff:${groups}]`,
    'IPv4 in IPv6, in full': `[0:0:0:0:0:ffff:${groups}]`,
    'IPv4-compatible': `[::${address}]`,
    'IPv4-translated': `[::ffff:0:${address}]`,
    NAT64: `[64:ff9b::${address}]`,
    'NAT64 of a network': `[64:ff9b:1::${address}]`,
    '6to4': `[2002:${groups}::1]`,
    Teredo: `[2001:0:${groups}::1]`,
    'a name': `v4-${label}.test`,
    'a name with a dot behind': `v4-${label}.test.`,
    'a name in capitals': `V4-${label}.TEST`,
    'one of two addresses of a name': `both-${label}.test`,
    'the second answer for a name': `flip-${label}.test`,
    'the third answer for a name': `flop-${label}.test`,
    'IPv4 in IPv6 of a name': `mapped-${label}.test`,
  };
}

function formsOfIpv6(address: string): Record<string, string> {
  const bytes = expand(address);
  const label = bytes.join('-');
  return {
    'it is': `[${address}]`,
    'in full': `[${bytes.join(':')}]`,
    capitals: `[${address.toUpperCase()}]`,
    'with a zone': `[${address}%25lo]`,
    'a name': `v6-${label}.test`,
    'one of two addresses of a name': `both6-${label}.test`,
    'the second answer for a name': `flip6-${label}.test`,
  };
}

function expand(address: string): string[] {
  const [head, tail = ''] = address.split('::');
  const front = head.split(':').filter(Boolean);
  const back = tail.split(':').filter(Boolean);
  const zeros = Array(8 - front.length - back.length).fill('0');
  return [...front, ...zeros, ...back].map(group => group.padStart(4, '0'));
}
