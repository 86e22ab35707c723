import type { PlatformFile } from '../../domain';
import { type Result, type SourceLocation, ok } from '../../problem';
import { type Checked, refused } from '../Checked';
import { checkDocument, faultProblem } from '../checkDocument';
import type { FieldPath } from '../formatPath';
import { isRecord } from '../isRecord';
import { suggestName } from '../suggestField';
import {
  type YamlDocument,
  type YamlLimits,
  parseYamlDocuments,
} from '../yaml';
import { PLATFORM_SCHEMAS } from './platformSchemas';

/**
 * Parses a file of the platform: any number of documents of the kinds
 * Environment, Blueprint, Cluster, ClusterSet, HealthRules, Provisioner and
 * Policy, in the order of the file, also inside of a `kind: List`. One fault
 * refuses the whole file: the previous version is safer than half of a new one.
 */
export function parsePlatformFiles(
  text: string,
  options: { file: string; limits?: Partial<YamlLimits> },
): Result<PlatformFile[]> {
  const documents = readPlatformDocuments(text, options);
  if (!documents.ok) return documents;
  const files: PlatformFile[] = [];
  for (const file of documents.value) {
    if (!file.ok) return file;
    files.push(file.value);
  }
  return ok(files);
}

/** Like `parsePlatformFiles`, with the faults of each document. */
export function readPlatformDocuments(
  text: string,
  options: { file: string; limits?: Partial<YamlLimits> },
): Result<Array<Checked<PlatformFile>>> {
  const documents = parseYamlDocuments(text, options);
  return documents.ok
    ? ok(documents.value.flatMap(openList).map(parsePlatformFile))
    : documents;
}

/**
 * Returns the position of a field in a platform file: in the first document of
 * that kind and name. The file alone where there is none.
 */
export function locateInPlatformFile(
  text: string,
  { file, kind, name }: { file: string; kind: string; name: string },
  path: FieldPath,
): SourceLocation {
  const documents = parseYamlDocuments(text, { file });
  const found = documents.ok
    ? documents.value
        .flatMap(openList)
        .find(
          ({ value }) =>
            isRecord(value) &&
            value.kind === kind &&
            isRecord(value.metadata) &&
            value.metadata.name === name,
        )
    : undefined;
  return found ? found.locate(path) : { file };
}

function openList(document: YamlDocument): YamlDocument[] {
  const { value } = document;
  if (!isRecord(value) || value.kind !== 'List' || !Array.isArray(value.items))
    return [document];
  return value.items.map((item, index) => ({
    value: item,
    locate: path => document.locate(['items', index, ...path]),
  }));
}

function parsePlatformFile(document: YamlDocument): Checked<PlatformFile> {
  const kind = isRecord(document.value) ? document.value.kind : undefined;
  if (typeof kind === 'string' && Object.hasOwn(PLATFORM_SCHEMAS, kind)) {
    const schema = PLATFORM_SCHEMAS[kind as keyof typeof PLATFORM_SCHEMAS];
    return checkDocument<PlatformFile>(schema, document, {
      code: 'platform-file-invalid',
      noun: 'the platform file',
    });
  }
  const kinds = Object.keys(PLATFORM_SCHEMAS);
  const meant = typeof kind === 'string' ? suggestName(kind, kinds) : undefined;
  return refused(
    faultProblem(
      {
        path: ['kind'],
        why: `must be one of ${kinds.map(k => `"${k}"`).join(', ')}`,
        next:
          meant === undefined
            ? 'Correct the kind, or move the document to another file'
            : `Write "${meant}"`,
      },
      { code: 'platform-file-invalid', noun: 'the platform file', document },
    ),
  );
}
