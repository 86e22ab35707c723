import { makeValidator, parseEntityRef } from '@backstage/catalog-model';
import {
  PUSHED_YAML_LIMITS,
  parseYamlDocuments,
} from '@callboard/plugin-callboard-common';

/** Fields that the owner of an app may set in catalog-info.yaml. */
export interface CatalogInfoOverrides {
  metadata?: {
    title?: string;
    description?: string;
    tags?: string[];
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    links?: Array<{
      url: string;
      title?: string;
      icon?: string;
      type?: string;
    }>;
  };
  spec?: {
    type?: string;
    lifecycle?: string;
    system?: string;
    subcomponentOf?: string;
    providesApis?: string[];
    consumesApis?: string[];
    dependsOn?: string[];
  };
}

const MAX_BYTES = 256 * 1024;
const MAX_ITEMS = 100;
const isValid = makeValidator();

/**
 * Annotations for the origin of an entity and annotations that Callboard itself
 * uses. All others are kept, including those of Backstage's own plugins
 * (`backstage.io/techdocs-ref`, `backstage.io/kubernetes-id`).
 */
const RESERVED_PREFIXES = ['callboard.dev'];
const RESERVED = new Set([
  'backstage.io/managed-by-location',
  'backstage.io/managed-by-origin-location',
  'backstage.io/orphan',
]);
/** Annotations that pages show as links: no `javascript:` there. */
const ADDRESSES = new Set([
  'backstage.io/edit-url',
  'backstage.io/source-location',
  'backstage.io/view-url',
]);

/**
 * Reads the first Component of a catalog-info.yaml field by field: fields of
 * the wrong type and unknown fields are left out. Undefined when there is no
 * Component, or the text is not YAML.
 */
export function readCatalogInfoOverrides(
  text: string,
): CatalogInfoOverrides | undefined {
  const documents = parseYamlDocuments(text, {
    file: 'catalog-info.yaml',
    limits: { ...PUSHED_YAML_LIMITS, maxBytes: MAX_BYTES },
  });
  if (!documents.ok) return undefined;
  const component = documents.value
    .map(({ value }) => asRecord(value))
    .find(({ kind }) => kind === 'Component');
  if (!component) return undefined;
  const metadata = asRecord(component.metadata);
  const spec = asRecord(component.spec);
  return withoutUndefined({
    metadata: withoutUndefined({
      title: asText(metadata.title),
      description: asText(metadata.description),
      tags: asTexts(metadata.tags, isValid.isValidTag),
      labels: asTextMap(
        metadata.labels,
        (key, value) =>
          isValid.isValidLabelKey(key) && isValid.isValidLabelValue(value),
      ),
      annotations: asTextMap(
        metadata.annotations,
        (key, value) =>
          isValid.isValidAnnotationKey(key) &&
          !isReserved(key) &&
          (!ADDRESSES.has(key) || /^(?:url:)?https?:\/\//.test(value)),
      ),
      links: asLinks(metadata.links),
    }),
    spec: withoutUndefined({
      type: asText(spec.type),
      lifecycle: asText(spec.lifecycle),
      system: asRef(spec.system),
      subcomponentOf: asRef(spec.subcomponentOf),
      providesApis: asTexts(spec.providesApis, isRef),
      consumesApis: asTexts(spec.consumesApis, isRef),
      dependsOn: asTexts(spec.dependsOn, isRef),
    }),
  });
}

function asLinks(value: unknown) {
  if (!Array.isArray(value)) return undefined;
  return value
    .slice(0, MAX_ITEMS)
    .map(asRecord)
    .flatMap(({ url, title, icon, type }) => {
      const address = asText(url);
      if (!address || !/^https?:\/\//.test(address)) return []; // no javascript: behind a link of the portal
      return [
        withoutUndefined({
          url: address,
          title: asText(title),
          icon: asText(icon),
          type: asText(type),
        }),
      ];
    });
}

function isReserved(key: string): boolean {
  const prefix = key.slice(0, Math.max(0, key.indexOf('/')));
  return (
    RESERVED.has(key) ||
    RESERVED_PREFIXES.some(
      reserved => prefix === reserved || prefix.endsWith(`.${reserved}`),
    )
  );
}

function asRef(value: unknown): string | undefined {
  const text = asText(value);
  return text !== undefined && isRef(text) ? text : undefined;
}

function isRef(text: string): boolean {
  try {
    return parseEntityRef(text, { defaultKind: 'component' }).name !== '';
  } catch {
    return false; // parseEntityRef throws for an invalid reference
  }
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' && value.length <= 2_000
    ? value
    : undefined;
}

function asTexts(
  value: unknown,
  isTaken: (text: string) => boolean,
): string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value
    .slice(0, MAX_ITEMS)
    .filter(item => asText(item) !== undefined && isTaken(item));
}

function asTextMap(
  value: unknown,
  isTaken: (key: string, text: string) => boolean,
): Record<string, string> | undefined {
  if (value === undefined) return undefined;
  const entries = Object.entries(asRecord(value)).slice(0, MAX_ITEMS);
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => {
      const text = asText(entry[1]);
      return text !== undefined && isTaken(entry[0], text);
    }),
  );
}

function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(
    Object.entries(value).filter(([, field]) => field !== undefined),
  ) as T;
}
