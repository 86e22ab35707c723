import type { JsonObject } from '../json';
import { allDefinitions, definitionNameOf } from '../schema';
import { type ApiResource, allResources } from './resources';

const FIELD_VALIDATION = ['dryRun', 'fieldManager', 'fieldValidation'].map(
  name => ({
    name,
    in: 'query',
    schema: { type: 'string', uniqueItems: true },
  }),
);

/** Returns the index of the groups' documents. */
export function openApiV3Index(prefix: string): JsonObject {
  const paths = groupVersions().map(groupVersion => {
    const path = pathOf(groupVersion);
    return [
      path,
      { serverRelativeURL: `${prefix}/openapi/v3/${path}?hash=callboard-sim` },
    ];
  });
  return { paths: Object.fromEntries(paths) };
}

/** Returns one group's document: types, and the write operations with the query parameters that clients look for. */
export function openApiV3Document(path: string): JsonObject | undefined {
  const resources = allResources().filter(
    ({ groupVersion }) => pathOf(groupVersion) === path,
  );
  if (resources.length === 0) return undefined;
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: 'v1.36.3' },
    paths: Object.fromEntries(
      resources.map(resource => [
        itemPath(resource),
        describeItem(resource, 'v3'),
      ]),
    ),
    components: { schemas: allDefinitions() },
  };
}

/** The older version, JSON only. */
export function openApiV2Document(): JsonObject {
  const text = JSON.stringify(allDefinitions()).replaceAll(
    '#/components/schemas/',
    '#/definitions/',
  );
  return {
    swagger: '2.0',
    info: { title: 'Kubernetes', version: 'v1.36.3' },
    paths: Object.fromEntries(
      allResources().map(resource => [
        itemPath(resource),
        describeItem(resource, 'v2'),
      ]),
    ),
    definitions: unwrapAllOf(JSON.parse(text)),
  };
}

function groupVersions(): string[] {
  return [...new Set(allResources().map(({ groupVersion }) => groupVersion))];
}

function pathOf(groupVersion: string): string {
  return groupVersion.includes('/')
    ? `apis/${groupVersion}`
    : `api/${groupVersion}`;
}

function itemPath({
  groupVersion,
  isNamespaced,
  resource,
}: ApiResource): string {
  return `/${pathOf(groupVersion)}/${
    isNamespaced ? 'namespaces/{namespace}/' : ''
  }${resource}/{name}`;
}

function describeItem(resource: ApiResource, form: 'v2' | 'v3'): JsonObject {
  const definition =
    definitionNameOf(resource.groupVersion, resource.kind) ?? '';
  const ref = {
    $ref: `#/${
      form === 'v2' ? 'definitions' : 'components/schemas'
    }/${definition}`,
  };
  const ok =
    form === 'v2'
      ? { description: 'OK', schema: ref }
      : { description: 'OK', content: { 'application/json': { schema: ref } } };
  const operation = (action: string): JsonObject => ({
    operationId: `${action}${resource.groupVersion.replace(/\W/g, '')}${
      resource.kind
    }`,
    parameters:
      form === 'v3'
        ? FIELD_VALIDATION
        : FIELD_VALIDATION.map(({ name }) => ({
            name,
            in: 'query',
            type: 'string',
          })),
    responses: { 200: ok },
    'x-kubernetes-action': action,
    'x-kubernetes-group-version-kind': {
      group: resource.group,
      version: resource.version,
      kind: resource.kind,
    },
  });
  return {
    get: operation('get'),
    put: operation('put'),
    patch: operation('patch'),
    delete: operation('delete'),
  };
}

/** In OpenAPI v2 a lone reference is not wrapped in `allOf`. */
function unwrapAllOf(node: JsonObject): JsonObject {
  if (Array.isArray(node))
    return node.map(item =>
      unwrapAllOf(item as JsonObject),
    ) as unknown as JsonObject;
  if (typeof node !== 'object' || node === null) return node;
  const { allOf, oneOf, ...rest } = node;
  const members = Object.entries(rest).map(([key, value]) => [
    key,
    unwrapAllOf(value as JsonObject),
  ]);
  const flat: JsonObject = {
    ...(Array.isArray(allOf) ? (allOf[0] as JsonObject) : {}),
    ...Object.fromEntries(members),
  };
  return Array.isArray(oneOf) && flat.type === undefined
    ? { type: 'string', ...flat }
    : flat;
}
