import { type Environment, Optional } from '@marcbachmann/cel-js';
import { parseUrl } from './parseUrl';

/** Type of the receiver in `format.…`. */
class Formats {}

/** A named format in an expression. */
class NamedFormat {
  readonly holds: (text: string) => boolean;

  constructor(holds: (text: string) => boolean) {
    this.holds = holds;
  }
}

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const OLD_LABEL = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const SUBDOMAIN =
  /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const NAME = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const UUID =
  /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;
const BASE64 =
  /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})$/;
const TIME = /^(\d{2}):(\d{2}):(\d{2})(.\d+)?(z|[+-]\d{2}:\d{2})$/;

const MOST_OF_LABEL = 63;
const MOST_OF_SUBDOMAIN = 253;

const isLabel = upTo(MOST_OF_LABEL, LABEL);
const isOldLabel = upTo(MOST_OF_LABEL, OLD_LABEL);
const isSubdomain = upTo(MOST_OF_SUBDOMAIN, SUBDOMAIN);
const isName = upTo(MOST_OF_LABEL, NAME);

const FORMATS: Record<string, (text: string) => boolean> = {
  dns1123Label: isLabel,
  dns1123Subdomain: isSubdomain,
  dns1035Label: isOldLabel,
  qualifiedName: isQualifiedName,
  dns1123LabelPrefix: text => isLabel(asWhole(text)),
  dns1123SubdomainPrefix: text => isSubdomain(asWhole(text)),
  dns1035LabelPrefix: text => isOldLabel(asWhole(text)),
  labelValue: text => text === '' || isName(text),
  uri: text => parseUrl(text) !== undefined,
  uuid: text => UUID.test(text),
  byte: text => BASE64.test(text),
  date: isDate,
  datetime: isDateTime,
};

/**
 * Registers `format.dns1123Label().validate(text)` and the other formats: the
 * result is empty where the text is well-formed, else the reason. The reasons
 * are in our own words.
 *
 * Source: kubernetes/kubernetes
 * staging/src/k8s.io/apiserver/pkg/cel/library/format.go (1.34).
 */
export function registerFormats(environment: Environment): void {
  environment.registerType('Formats', { ctor: Formats, fields: {} });
  environment.registerType('NamedFormat', { ctor: NamedFormat, fields: {} });
  environment.registerConstant('format', 'Formats', new Formats());
  const add = environment.registerFunction.bind(environment);
  for (const [name, holds] of Object.entries(FORMATS)) {
    const format = new NamedFormat(holds);
    add(`Formats.${name}(): NamedFormat`, () => format);
  }
  add(
    'Formats.named(string): optional<NamedFormat>',
    (_: Formats, name: string) =>
      Object.hasOwn(FORMATS, name)
        ? Optional.of(new NamedFormat(FORMATS[name]))
        : Optional.none(),
  );
  add(
    'NamedFormat.validate(string): optional<list<string>>',
    ({ holds }: NamedFormat, text: string) =>
      holds(text)
        ? Optional.none()
        : Optional.of([`"${text}" is not of this format`]),
  );
}

function upTo(most: number, pattern: RegExp): (text: string) => boolean {
  return text => text.length <= most && pattern.test(text);
}

/** A prefix may end in a dash; it is validated as a name with a letter instead. */
function asWhole(text: string): string {
  return text.length > 1 && text.endsWith('-') ? `${text.slice(0, -2)}a` : text;
}

function isQualifiedName(text: string): boolean {
  const parts = text.split('/');
  const [prefix, name] = parts.length === 2 ? parts : [undefined, text];
  return (
    parts.length <= 2 &&
    (prefix === undefined || isSubdomain(prefix)) &&
    isName(name)
  );
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

function isDateTime(text: string): boolean {
  const [date, time] = text.toLowerCase().split('t');
  const match = time === undefined ? null : TIME.exec(time);
  return (
    isDate(date) &&
    match !== null &&
    match[1] <= '23' &&
    match[2] <= '59' &&
    match[3] <= '59'
  );
}
