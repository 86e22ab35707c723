import { parseYamlDocuments } from '@callboard/plugin-callboard-common';

/**
 * The value of a YAML text of strangers; undefined where it is not YAML, or is
 * more than the limits allow. The parser by itself compares each key of a map
 * with every other: a megabyte of keys would hold the process for a minute.
 */
export function readYaml(text: string): unknown {
  const documents = parseYamlDocuments(text, {
    file: '',
    firstDocumentOnly: true,
    tolerant: true,
  });
  return documents.ok ? documents.value[0]?.value : undefined;
}
