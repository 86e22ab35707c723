import type { InstalledPackage } from './listPackages';

/** Packages of a Debian system that are installed, from dpkg's `status` file. */
export function readDpkgStatus(text: string): InstalledPackage[] {
  return readParagraphs(text, /^([\w-]+): ?(.*)$/).flatMap(fields => {
    const name = fields.get('Package');
    const version = fields.get('Version');
    const status = fields.get('Status');
    const isInstalled = status === undefined || /\binstalled$/.test(status);
    return name && version && isInstalled
      ? [{ ecosystem: 'deb' as const, name, version }]
      : [];
  });
}

/** Packages of an Alpine system, from apk's database. */
export function readApkDatabase(text: string): InstalledPackage[] {
  return readParagraphs(text, /^([PVL]):(.*)$/).flatMap(fields => {
    const name = fields.get('P');
    const version = fields.get('V');
    const license = fields.get('L');
    return name && version
      ? [
          {
            ecosystem: 'apk' as const,
            name,
            version,
            ...(license && { license }),
          },
        ]
      : [];
  });
}

/** Paragraphs of `key: value` lines; lines that go on are left out. */
function readParagraphs(text: string, line: RegExp): Map<string, string>[] {
  return text.split(/\n\s*\n/).map(paragraph => {
    const pairs = paragraph
      .split('\n')
      .map(each => line.exec(each))
      .filter(match => match !== null)
      .map(([, key, value]): [string, string] => [key, value.trim()]);
    return new Map(pairs);
  });
}
