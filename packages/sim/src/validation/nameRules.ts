/**
 * A rule for names: returns messages, none for a valid name. Source:
 * apimachinery pkg/util/validation/validation.go.
 */
export type NameRule = (value: string) => string[];

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`;
const QUALIFIED = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const LABEL_VALUE = `(${QUALIFIED})?`;
const CONFIG_KEY = '[-._a-zA-Z0-9]+';

export const isDnsLabel = rule(LABEL, 63, {
  sentence:
    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character",
  examples: ['my-name', '123-abc'],
});

/** Validates a label as an object's name: dots have a message of their own. */
export function isLabelName(value: string): string[] {
  return value.includes('.') ? ['must not contain dots'] : isDnsLabel(value);
}

export const isDnsSubdomain = rule(SUBDOMAIN, 253, {
  sentence:
    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
  examples: ['example.com'],
});

export const isLabelValue = rule(LABEL_VALUE, 63, {
  sentence:
    "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
  examples: ['MyValue', 'my_value', '12345'],
  unit: 'bytes',
});

export const isConfigKey = rule(CONFIG_KEY, 253, {
  sentence:
    "a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
  examples: ['key.name', 'KEY_NAME', 'key-name'],
});

const isQualifiedPart = rule(QUALIFIED, 63, {
  sentence:
    "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
  examples: ['MyName', 'my.name', '123-abc'],
});

/** Validates a label's or annotation's key: `name` or `prefix/name`. */
export function isQualifiedName(
  value: string,
  noun = 'a qualified name',
): string[] {
  const parts = value.split('/');
  if (parts.length > 2) {
    return [
      `${noun} ${describe(QUALIFIED, {
        sentence:
          "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
        examples: ['MyName', 'my.name', '123-abc'],
      })} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
    ];
  }
  const name = parts[parts.length - 1];
  const prefix = parts.length === 2 ? parts[0] : undefined;
  const ofPrefix = prefix === undefined ? [] : checkPrefix(prefix);
  if (name === '')
    return [
      ...ofPrefix,
      'name part must be non-empty',
      ...isQualifiedPart(name).map(why => `name part ${why}`),
    ];
  return [...ofPrefix, ...isQualifiedPart(name).map(why => `name part ${why}`)];
}

function checkPrefix(prefix: string): string[] {
  if (prefix === '') return ['prefix part must be non-empty'];
  return isDnsSubdomain(prefix).map(why => `prefix part ${why}`);
}

interface Wording {
  sentence: string;
  unit?: 'bytes';
  examples: readonly string[];
}

function rule(pattern: string, maxLength: number, wording: Wording): NameRule {
  const regex = new RegExp(`^(?:${pattern})$`);
  return value => [
    ...(value.length > maxLength
      ? [`must be no more than ${maxLength} ${wording.unit ?? 'characters'}`]
      : []),
    ...(regex.test(value) ? [] : [describe(pattern, wording)]),
  ];
}

function describe(pattern: string, { sentence, examples }: Wording): string {
  const reported = examples.map(example => `'${example}'`).join(',  or ');
  return `${sentence} (e.g. ${reported}, regex used for validation is '${pattern}')`;
}
