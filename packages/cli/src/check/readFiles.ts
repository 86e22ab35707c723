import {
  type Problem,
  fileNotText,
  fileTooLarge,
} from '@callboard/plugin-callboard-common';
import { normalizePath } from '@callboard/plugin-callboard-core';
import { posix, sep } from 'node:path';
import type { Io } from '../Io';
import { type Finding, findingOf } from './Finding';
import type { Judge } from './Judge';
import type { TextVerdict } from './judgeText';

const MAX_FILE_BYTES = 1024 * 1024; // as much as a push may contain

/** A file that was read, with its own verdict. */
export interface Checked {
  /** The file as named on the command line. */
  file: string;
  text: string;
  verdict: TextVerdict;
}

/** Reads files and judges each by itself; a file that is not text is only a finding. */
export async function readFiles(
  files: readonly string[],
  io: Pick<Io, 'readBytes'>,
  judge: Judge,
): Promise<{ checked: Checked[]; findings: Finding[] }> {
  const read = files.map(file => {
    const name = file === '-' ? 'standard input' : file;
    return { name, text: readText(name, io.readBytes(file, MAX_FILE_BYTES)) };
  });
  const judged = await Promise.all(
    read.map(async ({ name, text }) => {
      if (typeof text !== 'string')
        return { checked: [], findings: [findingOf(name, text)] };
      const verdict = await judge.text(name, text);
      return {
        checked: [{ file: name, text, verdict }],
        findings: verdict.findings,
      };
    }),
  );
  return {
    checked: judged.flatMap(({ checked }) => checked),
    findings: judged.flatMap(({ findings }) => findings),
  };
}

/** Path of a file as git would list it. */
export function pathOf({ file }: Pick<Checked, 'file'>): string {
  return posix.normalize(normalizePath(file.split(sep).join('/')));
}

function readText(
  file: string,
  { bytes, size }: ReturnType<Io['readBytes']>,
): string | Problem {
  if (size > MAX_FILE_BYTES)
    return fileTooLarge(file, { bytes: size, maxBytes: MAX_FILE_BYTES });
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return fileNotText(file); // the decoder reports it in no other way
  }
}
