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

const MAX_FILE_BYTES = 1024 * 1024; // as much as a push may bring

/** A file that was read, and what it says by itself. */
export interface Checked {
  /** As it was named on the command line. */
  file: string;
  text: string;
  verdict: TextVerdict;
}

/** Reads files and judges each by itself; what is no text at all is only a finding. */
export async function readFiles(
  files: readonly string[],
  io: Pick<Io, 'readBytes'>,
  judge: Judge,
): Promise<{ checked: Checked[]; findings: Finding[] }> {
  const checked: Checked[] = [];
  const findings: Finding[] = [];
  for (const file of files) {
    const name = file === '-' ? 'standard input' : file;
    const text = readText(name, io.readBytes(file, MAX_FILE_BYTES));
    if (typeof text !== 'string') {
      findings.push(findingOf(name, text));
      continue;
    }
    const verdict = await judge.text(name, text);
    findings.push(...verdict.findings);
    checked.push({ file: name, text, verdict });
  }
  return { checked, findings };
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
    return fileNotText(file); // the decoder has no other way to say so
  }
}
