#!/usr/bin/env node
// Asks a real API server for what the simulator serves and writes it down:
//   src/schema/definitions.generated.json   types of the served kinds (OpenAPI v3, without prose)
//   src/discovery/resources.generated.json  groups and resources, as discovery answers
//
//   generateSchema.mjs <server> <token>     e.g. of a server started from KUBEBUILDER_ASSETS
import { request } from 'node:https';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [server, token] = process.argv.slice(2);
const source = join(dirname(fileURLToPath(import.meta.url)), '..', 'src');

/** Served groups, each with the resources we keep; the preferred version only. */
const SERVED = {
  v1: [
    'configmaps',
    'endpoints',
    'events',
    'limitranges',
    'namespaces',
    'nodes',
    'persistentvolumeclaims',
    'persistentvolumes',
    'pods',
    'resourcequotas',
    'secrets',
    'serviceaccounts',
    'services',
  ],
  'apps/v1': ['daemonsets', 'deployments', 'replicasets', 'statefulsets'],
  'batch/v1': ['cronjobs', 'jobs'],
  'events.k8s.io/v1': ['events'],
  'discovery.k8s.io/v1': ['endpointslices'],
  'networking.k8s.io/v1': ['ingresses', 'networkpolicies', 'ingressclasses'],
  'policy/v1': ['poddisruptionbudgets'],
  'rbac.authorization.k8s.io/v1': [
    'clusterrolebindings',
    'clusterroles',
    'rolebindings',
    'roles',
  ],
  'scheduling.k8s.io/v1': ['priorityclasses'],
  'coordination.k8s.io/v1': ['leases'],
  'autoscaling/v2': ['horizontalpodautoscalers'],
  'storage.k8s.io/v1': ['storageclasses'],
};
const SUBRESOURCES = [
  'status',
  'scale',
  'log',
  'finalize',
  'binding',
  'eviction',
];

const definitions = {};
const groups = [];
for (const [version, wanted] of Object.entries(SERVED)) {
  const path = version.includes('/') ? `apis/${version}` : `api/${version}`;
  const list = await get(`/${path}`);
  groups.push({
    groupVersion: version,
    resources: list.resources.filter(({ name }) => {
      const [resource, sub] = name.split('/');
      return (
        wanted.includes(resource) &&
        (sub === undefined || SUBRESOURCES.includes(sub))
      );
    }),
  });
  const { components } = await get(`/openapi/v3/${path}`);
  const roots = Object.keys(components.schemas).filter(name =>
    groups
      .at(-1)
      .resources.some(({ kind, group, version: v }) =>
        (
          components.schemas[name]['x-kubernetes-group-version-kind'] ?? []
        ).some(
          gvk =>
            gvk.kind === kind &&
            (group === undefined || true) &&
            (v === undefined || true) &&
            name.endsWith(`.${kind}`),
        ),
      ),
  );
  for (const root of roots) keep(components.schemas, root);
}

function keep(schemas, name) {
  if (definitions[name] !== undefined) return;
  definitions[name] = strip(schemas[name]);
  for (const [, ref] of JSON.stringify(definitions[name]).matchAll(
    /"#\/components\/schemas\/([^"]+)"/g,
  ))
    keep(schemas, ref);
}

/** Drops prose; unwraps `allOf: [$ref]`, which only carries a default. */
function strip(schema) {
  if (Array.isArray(schema)) return schema.map(strip);
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema)
      .filter(
        ([key, value]) => !(key === 'description' && typeof value === 'string'),
      )
      .map(([key, value]) => [
        key,
        key === 'properties'
          ? Object.fromEntries(
              Object.entries(value).map(([k, v]) => [k, strip(v)]),
            )
          : strip(value),
      ]),
  );
}

function get(path) {
  return new Promise((resolve, reject) => {
    const call = request(
      `${server}${path}`,
      {
        rejectUnauthorized: false,
        headers: {
          authorization: `Bearer ${token}`,
          accept: 'application/json',
        },
      },
      response => {
        const chunks = [];
        response.on('data', chunk => chunks.push(chunk));
        response.on('end', () =>
          resolve(JSON.parse(Buffer.concat(chunks).toString())),
        );
      },
    );
    call.on('error', reject);
    call.end();
  });
}

const sorted = Object.fromEntries(
  Object.entries(definitions).sort(([a], [b]) => (a < b ? -1 : 1)),
);
writeFileSync(
  join(source, 'schema', 'definitions.generated.json'),
  `${JSON.stringify(sorted)}\n`,
);
writeFileSync(
  join(source, 'discovery', 'resources.generated.json'),
  `${JSON.stringify(groups, null, 1)}\n`,
);
