import {
  type ResolvedPiece,
  SecretText,
  scanPlaceholders,
  splitReference,
} from '../../placeholders';
import { nearestName } from '../../nearestName';
import { MAX_EXPANDED_LENGTH } from '../../placeholders/resolvePlaceholders';

type Path = Array<string | number>;

/** Values that placeholders of a Provisioner may refer to. */
export interface TemplateScope {
  app: string;
  environment: string;
  namespace: string;
  /** Name of the resource's objects. */
  name: string;
  /** Name of the resource in the workload. */
  resource: string;
  /** Without labels where any cluster will do: then each label may be present. */
  cluster: { name: string; labels?: Readonly<Record<string, string>> };
  params: Readonly<Record<string, unknown>>;
  /** Generated keys, in outputs only. */
  secrets: Readonly<Record<string, SecretText>>;
  secret: {
    name: string;
    version: string;
    keys: Readonly<Record<string, string>>;
  };
}

export interface TemplateFault {
  path: Path;
  why: string;
  next: string;
}

type Found = string | number | boolean | SecretText | { fault: string };

/**
 * Fills the placeholders of a template. Keys are not filled, so that text of a
 * workload never becomes a field; a text that is exactly one placeholder keeps
 * the type of its value, as in `replicas: ${params.replicas}`.
 *
 * @param maxCharacters - of all texts together
 */
export function fillTemplate<T>(
  template: T,
  scope: TemplateScope,
  at: Path,
  maxCharacters: number = MAX_EXPANDED_LENGTH,
): { ok: true; value: T } | { ok: false; fault: TemplateFault } {
  let left = maxCharacters;
  let fault: TemplateFault | undefined;

  function fill(value: unknown, path: Path): unknown {
    if (fault) return undefined;
    if (typeof value === 'string') return fillText(value, path);
    if (Array.isArray(value))
      return value.map((each, index) => fill(each, [...path, index]));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [
        key,
        fill(each, [...path, key]),
      ]),
    );
  }

  function fillText(text: string, path: Path): unknown {
    const found = Array.from(
      scanPlaceholders(text),
      (piece): Found =>
        'text' in piece ? piece.text : lookUp(piece.reference, scope),
    );
    const pieces: ResolvedPiece[] = [];
    for (const each of found) {
      if (typeof each === 'object' && 'fault' in each) {
        fault = { path, ...explain(each.fault) };
        return undefined;
      }
      if (each instanceof SecretText) pieces.push(...each.pieces);
      else pieces.push({ text: String(each) });
      left -= typeof each === 'object' ? 1 : String(each).length;
    }
    if (left < 0) {
      fault = {
        path,
        why: `with its placeholders filled in it is longer than ${maxCharacters} characters`,
        next: 'Refer to less',
      };
      return undefined;
    }
    if (found.some(each => each instanceof SecretText))
      return new SecretText(pieces);
    const [only] = found;
    return found.length === 1 && typeof only !== 'object'
      ? only
      : found.join('');
  }

  const value = fill(template, at) as T;
  return fault ? { ok: false, fault } : { ok: true, value };
}

const ROOTS =
  'app, environment, namespace, name, resource, cluster.name, cluster.labels.KEY, params.NAME, secret.name, secret.keys.KEY, secret.version and, in outputs, secrets.KEY';

const ROOT_NAMES = [
  'app',
  'cluster',
  'environment',
  'name',
  'namespace',
  'params',
  'resource',
  'secret',
  'secrets',
];

function explain(why: string): { why: string; next: string } {
  return { why, next: `Placeholders here are ${ROOTS}` };
}

function lookUp(reference: string, scope: TemplateScope): Found {
  const [root, ...names] = splitReference(reference);
  const known = (record: object, kind: string): Found => {
    const [name, ...more] = names;
    if (names.length !== 1 || more.length > 0 || !Object.hasOwn(record, name))
      return {
        fault: `the placeholder "\${${reference.slice(
          0,
          100,
        )}}" refers to ${kind} that is not there${
          nearestName(name ?? '', Object.keys(record)).hint
        }`,
      };
    return (record as Record<string, string>)[name];
  };
  switch (root) {
    case 'app':
    case 'environment':
    case 'namespace':
    case 'name':
    case 'resource':
      return names.length === 0 ? scope[root] : unknownRoot(reference);
    case 'params':
      return known(scope.params, 'a parameter');
    case 'secrets':
      return known(scope.secrets, 'a key of a secret');
    case 'secret': {
      const { keys, ...own } = scope.secret;
      if (names[0] !== 'keys') return known(own, 'something of a secret');
      return names.length === 2 && Object.hasOwn(keys, names[1])
        ? keys[names[1]]
        : unknownRoot(reference);
    }
    case 'cluster':
      if (names[0] === 'labels' && names.length === 2) {
        const { labels } = scope.cluster;
        const [, label] = names;
        if (!labels) return 'any';
        return Object.hasOwn(labels, label)
          ? labels[label]
          : {
              fault: `the cluster "${
                scope.cluster.name
              }" has no label "${label.slice(0, 100)}"`,
            };
      }
      return names.length === 1 && names[0] === 'name'
        ? scope.cluster.name
        : unknownRoot(reference);
    default:
      return unknownRoot(reference, nearestName(root, ROOT_NAMES).hint);
  }
}

function unknownRoot(reference: string, hint = ''): { fault: string } {
  return {
    fault: `the placeholder "\${${reference.slice(
      0,
      100,
    )}}" refers to nothing known${hint}`,
  };
}
