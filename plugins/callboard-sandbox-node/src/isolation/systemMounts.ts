import { lstat, readlink } from 'node:fs/promises';
import type { SandboxSpec } from './SandboxSpec';

const ROOT_FOLDERS = ['bin', 'sbin', 'lib', 'lib32', 'lib64', 'libx32'];

/** The part of /etc that programs need to start and to check certificates; no names of users, no keys. */
const ETC = [
  'alternatives',
  'ca-certificates',
  'ca-certificates.conf',
  'crypto-policies',
  'ld.so.cache',
  'ld.so.conf',
  'ld.so.conf.d',
  'localtime',
  'mime.types',
  'pki',
  'protocols',
  'services',
  'ssl/certs',
  'ssl/openssl.cnf',
];

/** The part of the system that every sandbox can read: /usr and a part of /etc, read-only. */
export async function findSystemMounts(): Promise<
  Pick<SandboxSpec, 'readOnly' | 'links'>
> {
  const readOnly: Array<[string, string]> = [['/usr', '/usr']];
  const links: Array<[string, string]> = [];
  for (const path of ROOT_FOLDERS.map(name => `/${name}`)) {
    const info = await lstat(path).catch(() => undefined);
    if (info?.isSymbolicLink()) links.push([path, await readlink(path)]);
    else if (info?.isDirectory()) readOnly.push([path, path]);
  }
  for (const path of ETC.map(name => `/etc/${name}`)) {
    const info = await lstat(path).catch(() => undefined);
    if (info !== undefined) readOnly.push([path, path]);
  }
  return { readOnly, links };
}

/**
 * Files of /etc that each sandbox has of its own.
 *
 * @param hosts - loopback addresses by host name
 */
export function ownEtcFiles(
  uid: number,
  gid: number,
  hosts: Readonly<Record<string, string>> = {},
): Record<string, string> {
  return {
    passwd: `root:x:0:0:root:/root:/usr/sbin/nologin\napp:x:${uid}:${gid}:app:/workspace:/bin/sh\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n`,
    group: `root:x:0:\napp:x:${gid}:\nnogroup:x:65534:\n`,
    hosts: [
      '127.0.0.1 localhost app',
      '::1 localhost',
      ...Object.entries(hosts).map(([name, address]) => `${address} ${name}`),
      '',
    ].join('\n'),
    'nsswitch.conf':
      'passwd: files\ngroup: files\nhosts: files dns\nservices: files\nprotocols: files\n',
  };
}
