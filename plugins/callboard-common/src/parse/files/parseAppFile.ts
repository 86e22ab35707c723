import type { AppFile } from '../../domain';
import { type Checked, refused } from '../Checked';
import { checkDocument } from '../checkDocument';
import { PUSHED_YAML_LIMITS, parseYamlDocuments } from '../yaml';
import { appFileSchema } from './appFileSchema';

/** Parses an `app.yaml`: exactly one document of `kind: App`. Faults name path and line. */
export function parseAppFile(
  text: string,
  options: { file: string },
): Checked<AppFile> {
  const documents = parseYamlDocuments(text, {
    ...options,
    limits: PUSHED_YAML_LIMITS,
  });
  if (!documents.ok) return refused(documents.problem);
  const [document, second] = documents.value;
  if (!document || second) {
    return refused({
      code: 'app-file-invalid',
      what: `Cannot read the app file ${options.file}`,
      why: document ? 'it holds more than one document' : 'the file is empty',
      next: 'Keep one document with "apiVersion: callboard.dev/v1alpha1" and "kind: App", or remove the file',
      transient: false,
      at: second ? second.locate([]) : { file: options.file },
    });
  }
  return checkDocument(appFileSchema, document, {
    code: 'app-file-invalid',
    noun: 'the app file',
  });
}
