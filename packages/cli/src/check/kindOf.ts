import {
  isRecord,
  parseYamlDocuments,
} from '@callboard/plugin-callboard-common';

export type FileKind = 'score' | 'app' | 'platform';

/** What a file is, by what it says of itself; by its name only where it cannot be read or says nothing. */
export function kindOf(file: string, text: string): FileKind {
  const documents = parseYamlDocuments(text, { file, firstDocumentOnly: true });
  const first = documents.ok ? documents.value[0]?.value : undefined;
  if (isRecord(first)) {
    const { apiVersion, kind } = first;
    if (typeof apiVersion === 'string' && apiVersion.startsWith('score.dev/'))
      return 'score';
    if (kind === 'App') return 'app';
    if (kind === undefined && isRecord(first.containers)) return 'score';
  }
  if (/(?:^|[/\\])app\.(?:ya?ml|json)$/.test(file)) return 'app';
  if (/(?:^|[/\\.])score\.(?:ya?ml|json)$/.test(file)) return 'score';
  return 'platform';
}
