import { textOf } from '../documents/fields';
import { type Document, isDocument } from '../documents/Document';
import { UsageError } from '../Io';

type Check = (value: unknown) => boolean;

const isAbsent: Check = value => value === undefined || value === null;
const isText: Check = value => isAbsent(value) || typeof value === 'string';
const isWhole: Check = value => isAbsent(value) || Number.isInteger(value);
const areTexts: Check = value =>
  isAbsent(value) || (Array.isArray(value) && value.every(isText));
const hasTexts: Check = value =>
  isAbsent(value) || (isDocument(value) && Object.values(value).every(isText));

/** Fields that have one meaning in all supported kinds, with the type of their value. */
const FIELDS: Record<string, [Check, string]> = {
  labels: [hasTexts, 'texts'],
  matchLabels: [hasTexts, 'texts'],
  values: [areTexts, 'texts'],
  clusterSets: [areTexts, 'texts'],
  clusterNames: [areTexts, 'texts'],
  exclude: [areTexts, 'texts'],
  celExpressions: [areTexts, 'texts'],
  numberOfClusters: [isWhole, 'a whole number'],
  tolerationSeconds: [isWhole, 'a whole number'],
  minGroups: [isWhole, 'a whole number'],
  maxGroups: [isWhole, 'a whole number'],
  weight: [isWhole, 'a whole number'],
};

/** Lists whose entries hold only strings, apart from times and seconds. */
const OF_TEXTS = [
  'taints',
  'tolerations',
  'clusterTolerations',
  'clusterClaims',
];
const TEXTS = ['name', 'key', 'value', 'operator', 'effect'];

const MOST_LEVELS = 30; // the supported kinds are far flatter

/**
 * Refuses values that no API server would accept, such as `matchLabels: { gpu:
 * true }`: ignored silently, it would widen the selection of the policy.
 */
export function refuseWrongTypes(documents: readonly Document[]): void {
  for (const document of documents)
    walk(document, [], textOf(document.kind) ?? '');
}

function walk(fields: Document, path: readonly string[], kind: string): void {
  if (path.length > MOST_LEVELS) return;
  for (const [key, value] of Object.entries(fields)) {
    const at = [...path, key];
    const [holds, wanted] = Object.prototype.hasOwnProperty.call(FIELDS, key)
      ? FIELDS[key]
      : [];
    if (holds && !holds(value)) throw wrong(kind, at, wanted);
    for (const [index, item] of itemsOf(value)) {
      if (OF_TEXTS.includes(key)) {
        const field = TEXTS.find(name => !isText(item[name]));
        if (field) throw wrong(kind, [...at, index, field], 'a text');
      }
      walk(item, index === '' ? at : [...at, index], kind);
    }
  }
}

/** Objects below a field, each with its index in a list. */
function itemsOf(value: unknown): Array<[string, Document]> {
  if (isDocument(value)) return [['', value]];
  if (!Array.isArray(value)) return [];
  return value.flatMap(
    (item, index): Array<[string, Document]> =>
      isDocument(item) ? [[String(index), item]] : [],
  );
}

function wrong(
  kind: string,
  path: readonly string[],
  wanted: string | undefined,
): UsageError {
  return new UsageError(
    `${path.join(
      '.',
    )} of the ${kind} is not ${wanted}: quote texts, and write numbers without quotes`,
  );
}
