import type { PlatformFile } from '../../domain';
import { type Result, failed, ok } from '../../problem';
import { checkDocument, faultProblem } from '../checkDocument';
import { isRecord } from '../isRecord';
import {
  type YamlDocument,
  type YamlLimits,
  parseYamlDocuments,
} from '../yaml';
import { PLATFORM_SCHEMAS } from './platformSchemas';

/**
 * Reads a file of the platform: any number of documents of the kinds
 * Environment, Blueprint, Cluster, ClusterSet, HealthRules and Provisioner, in the order of the file.
 * One fault refuses the whole file: half a platform is worse than yesterday's.
 */
export function parsePlatformFiles(
  text: string,
  options: { file: string; limits?: Partial<YamlLimits> },
): Result<PlatformFile[]> {
  const documents = parseYamlDocuments(text, options);
  if (!documents.ok) return documents;
  const files: PlatformFile[] = [];
  for (const document of documents.value) {
    const file = parsePlatformFile(document);
    if (!file.ok) return file;
    files.push(file.value);
  }
  return ok(files);
}

function parsePlatformFile(document: YamlDocument): Result<PlatformFile> {
  const kind = isRecord(document.value) ? document.value.kind : undefined;
  if (typeof kind === 'string' && Object.hasOwn(PLATFORM_SCHEMAS, kind)) {
    const schema = PLATFORM_SCHEMAS[kind as keyof typeof PLATFORM_SCHEMAS];
    return checkDocument<PlatformFile>(schema, document, {
      code: 'platform-file-invalid',
      noun: 'the platform file',
    });
  }
  return failed(
    faultProblem(
      {
        path: ['kind'],
        why: `must be one of ${Object.keys(PLATFORM_SCHEMAS)
          .map(k => `"${k}"`)
          .join(', ')}`,
        next: 'Correct the kind, or move the document to another file',
      },
      { code: 'platform-file-invalid', noun: 'the platform file', document },
    ),
  );
}
