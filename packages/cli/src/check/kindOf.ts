import {
  isRecord,
  parseYamlDocuments,
} from '@callboard/plugin-callboard-common';
import { type FileKind, isCalledApp, kindOfName } from './kindOfName';

/** Kind of a file by its content; by its name only when it cannot be read or does not say. */
export function kindOf(file: string, text: string): FileKind {
  const written = isCalledApp(file) ? undefined : kindWritten(text);
  if (written) return written;
  const documents = parseYamlDocuments(text, { file, firstDocumentOnly: true });
  const first = documents.ok ? documents.value[0]?.value : undefined;
  if (isRecord(first)) {
    const { apiVersion, kind } = first;
    if (typeof apiVersion === 'string' && apiVersion.startsWith('score.dev/'))
      return 'score';
    if (kind === 'App') return 'app';
    if (kind === undefined && isRecord(first.containers)) return 'score';
  }
  return kindOfName(file);
}

const HEAD_CHARACTERS = 2_000;

/** Most files name their kind at the start of one of the first lines, where nothing else can be meant. */
function kindWritten(text: string): FileKind | undefined {
  const [head] = text.slice(0, HEAD_CHARACTERS).split(/\n(?:---|\.\.\.)/, 1);
  if (/^apiVersion: *["']?score\.dev\//m.test(head)) return 'score';
  const [, kind] =
    /^apiVersion: *["']?callboard\.dev\/\w+["']?\r?\nkind: *(\w+)/m.exec(
      head,
    ) ?? [];
  if (kind === 'App') return 'app';
  return kind === undefined ? undefined : 'platform';
}
