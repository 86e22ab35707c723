import {
  GENERATED_SECRET_NAME,
  type KubeObject,
  type Problem,
  type ProvisionerFile,
  type ProvisionerValue,
  type Result,
  failed,
  formatPath,
  isRecord,
  ok,
} from '@callboard/plugin-callboard-common';
import { canonicalJson } from '../../canonicalJson';
import { SecretText } from '../../placeholders';
import { sha256 } from '../../sha256';
import { quoteAll, unknownParam } from '../builtIn/params';
import { secretKeyOf, secretOf, versionOf } from '../generatedSecret';
import type {
  ProvisionContext,
  Provisioned,
  Provisioner,
  ResourceRequest,
} from '../types';
import {
  type TemplateFault,
  type TemplateScope,
  fillTemplate,
} from './fillTemplate';

type Spec = ProvisionerFile['spec'];

/** Compiles a file of the platform to a provisioner. Refuses one whose placeholders can have no value. */
export function compileProvisioner({
  metadata,
  spec,
}: ProvisionerFile): Result<Provisioner> {
  const { clusters, blueprints, kinds } = spec;
  const fault = findFault(spec);
  if (fault) return failed(faultProblem(metadata.name, fault));
  return ok({
    name: metadata.name,
    origin: 'file',
    type: spec.type,
    class: spec.class ?? 'default',
    serves: {
      ...(clusters && { clusters }),
      ...(blueprints && { blueprints }),
      ...(kinds && { kinds }),
    },
    revision: sha256(canonicalJson(spec)).slice(0, 16),
    provision: (resource, context) => provision(spec, resource, context),
  });
}

function provision(
  spec: Spec,
  resource: ResourceRequest,
  context: ProvisionContext,
): Provisioned {
  const params = readParams(spec.params ?? {}, resource.params);
  if (!params.ok) return params;
  const { app, environment, namespace, cluster, secretVersions } = context;
  const { objectName } = resource;
  const filled = fill(spec, {
    app,
    environment,
    namespace,
    name: objectName,
    resource: resource.name,
    cluster: cluster ?? { name: 'any' },
    params: params.value,
    secrets: {},
    secret: secretScope(
      spec,
      objectName,
      versionOf(secretVersions, objectName),
    ),
  });
  if (!filled.ok) {
    const { path, why, next } = filled.fault;
    return {
      ok: false,
      why: `the platform's template cannot be filled at ${formatPath(
        path,
      )}: ${why}`,
      next: `Ask the platform team. ${next}`,
    };
  }
  return filled;
}

type Filled =
  | (Provisioned & { ok: true })
  | { ok: false; fault: TemplateFault };

function fill(spec: Spec, scope: TemplateScope): Filled {
  const objects = fillTemplate(spec.objects ?? [], scope, ['spec', 'objects']);
  if (!objects.ok) return objects;
  const keys = Object.keys(spec.secret ?? {});
  const outputs = fillTemplate<Record<string, unknown>>(
    spec.outputs ?? {},
    {
      ...scope,
      secrets: Object.fromEntries(
        keys.map(key => [key, secretOf(scope.name, key)]),
      ),
    },
    ['spec', 'outputs'],
  );
  if (!outputs.ok) return outputs;
  return {
    ok: true,
    objects: objects.value as unknown as KubeObject[],
    ...(spec.secret && { secrets: spec.secret }),
    outputs: Object.fromEntries(
      Object.entries(outputs.value).map(([output, value]) => [
        output,
        readSecretRef(value) ?? value,
      ]),
    ),
  };
}

/** Reads an output that names a Secret of an operator. */
function readSecretRef(value: unknown): SecretText | undefined {
  if (!isRecord(value) || !isRecord(value.secretKeyRef)) return undefined;
  const { name, key } = value.secretKeyRef;
  return SecretText.of(String(name), String(key));
}

function secretScope(
  spec: Spec,
  objectName: string,
  version: number,
): TemplateScope['secret'] {
  return {
    name: GENERATED_SECRET_NAME,
    version: String(version),
    keys: Object.fromEntries(
      Object.keys(spec.secret ?? {}).map(key => [
        key,
        secretKeyOf(objectName, key),
      ]),
    ),
  };
}

function readParams(
  declared: NonNullable<Spec['params']>,
  given: Record<string, unknown>,
):
  | { ok: true; value: Record<string, ProvisionerValue> }
  | (Provisioned & { ok: false }) {
  const odd = unknownParam(given, Object.keys(declared).sort());
  if (odd) return odd;
  const value: Record<string, ProvisionerValue> = {};
  for (const [param, { default: fallback, oneOf }] of Object.entries(
    declared,
  )) {
    const one = Object.hasOwn(given, param) ? given[param] : fallback;
    if (one === undefined)
      return {
        ok: false,
        param,
        why: 'this parameter is missing',
        next: oneOf ? `Use ${quoteAll(oneOf.map(String))}` : 'Give it a value',
      };
    if (!isValue(one))
      return {
        ok: false,
        param,
        why: 'must be a text, a number or true or false',
        next: 'Correct the value',
      };
    if (oneOf && !oneOf.includes(one))
      return {
        ok: false,
        param,
        why: 'this value is not offered',
        next: `Use ${quoteAll(oneOf.map(String))}`,
      };
    value[param] = one;
  }
  return { ok: true, value };
}

function isValue(value: unknown): value is ProvisionerValue {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

/** Finds the first placeholder that has no value for any workload and cluster. */
function findFault(spec: Spec): TemplateFault | undefined {
  const params = Object.entries(spec.params ?? {}).map(([param, of]) => [
    param,
    of.default ?? of.oneOf?.[0] ?? 'any',
  ]);
  const filled = fill(spec, {
    app: 'any',
    environment: 'any',
    namespace: 'any',
    name: 'any',
    resource: 'any',
    cluster: { name: 'any' },
    params: Object.fromEntries(params),
    secrets: {},
    secret: secretScope(spec, 'any', 1),
  });
  return filled.ok ? undefined : filled.fault;
}

function faultProblem(
  name: string,
  { path, why, next }: TemplateFault,
): Problem {
  return {
    code: 'provisioner-invalid',
    what: `Cannot use the provisioner "${name}"`,
    why: `${formatPath(path)}: ${why}`,
    next,
    transient: false,
  };
}
