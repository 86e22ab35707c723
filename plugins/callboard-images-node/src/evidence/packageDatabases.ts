import { StringDecoder } from 'node:string_decoder';
import { Turns } from '@callboard/plugin-callboard-node';
import { type InstalledPackage, TEXT_MAX_CHARS } from './listPackages';

const LINE_MAX_CHARS = 2 * TEXT_MAX_CHARS; // the fields that are read are shorter

/** Reads the installed packages of a Debian system from dpkg's `status` file. */
export async function* readDpkgStatus(
  body: AsyncIterable<Uint8Array>,
): AsyncGenerator<InstalledPackage> {
  for await (const fields of readParagraphs(
    body,
    /^(Package|Version|Status): ?(.*)$/,
  )) {
    const name = fields.get('Package');
    const version = fields.get('Version');
    const status = fields.get('Status');
    const isInstalled = status === undefined || /\binstalled$/.test(status);
    if (name && version && isInstalled)
      yield { ecosystem: 'deb', name, version };
  }
}

/** Reads the packages of an Alpine system from apk's database. */
export async function* readApkDatabase(
  body: AsyncIterable<Uint8Array>,
): AsyncGenerator<InstalledPackage> {
  for await (const fields of readParagraphs(body, /^([PVL]):(.*)$/)) {
    const name = fields.get('P');
    const version = fields.get('V');
    const license = fields.get('L');
    if (name && version)
      yield { ecosystem: 'apk', name, version, ...(license && { license }) };
  }
}

/** Paragraphs of `key: value` lines, in their order; continuation lines are left out. */
async function* readParagraphs(
  body: AsyncIterable<Uint8Array>,
  pattern: RegExp,
): AsyncGenerator<Map<string, string>> {
  let fields = new Map<string, string>();
  for await (const line of readLines(body)) {
    if (line.trim() !== '') {
      const [, key, value] = pattern.exec(line) ?? [];
      if (key !== undefined && value.length <= TEXT_MAX_CHARS)
        fields.set(key, value.trim());
    } else if (fields.size > 0) {
      yield fields;
      fields = new Map();
    }
  }
  if (fields.size > 0) yield fields;
}

/** Yields lines; long ones are truncated. */
async function* readLines(
  body: AsyncIterable<Uint8Array>,
): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  const turns = new Turns();
  let rest = '';
  for await (const chunk of body) {
    const lines = (rest + decoder.write(Buffer.from(chunk))).split('\n');
    rest = lines.pop()!.slice(0, LINE_MAX_CHARS);
    for (const line of lines) {
      yield line;
      if (turns.isOver()) await turns.next();
    }
  }
  yield rest;
}
