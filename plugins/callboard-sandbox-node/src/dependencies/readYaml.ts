import { parseYamlDocuments } from '@callboard/plugin-callboard-common';

/**
 * Parses untrusted YAML; undefined when it is invalid or exceeds the limits.
 * The parser alone compares each key of a map with every other: a megabyte of
 * keys would block the process for a minute.
 */
export function readYaml(text: string): unknown {
  const documents = parseYamlDocuments(text, {
    file: '',
    firstDocumentOnly: true,
    tolerant: true,
  });
  return documents.ok ? documents.value[0]?.value : undefined;
}
