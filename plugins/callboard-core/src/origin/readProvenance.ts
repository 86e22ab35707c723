import {
  isRecord,
  type Problem,
  type ProvenanceFacts,
  type Result,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';

const MAX_CHARACTERS = 500; // of one fact; the document itself has all of it
const MOST_SUBJECTS = 1_000;
const MOST_SOURCES = 100;
const STATEMENT = /^https:\/\/in-toto\.io\/Statement\/v(?:0\.1|1)$/;

/**
 * Reads an in-toto statement with SLSA provenance, in the few fields that
 * people need. Signatures are not verified.
 *
 * @remarks Source: https://slsa.dev/spec/v1.0/provenance and
 *   https://slsa.dev/spec/v0.2/provenance
 * @param images - by container, as they were released
 */
export function readProvenance(
  statement: unknown,
  images: readonly string[],
): Result<ProvenanceFacts> {
  if (!isRecord(statement) || !STATEMENT.test(String(statement._type)))
    return failed(notAStatement());
  const { predicateType, predicate, subject } = statement;
  const isProvenance =
    typeof predicateType === 'string' &&
    predicateType.startsWith('https://slsa.dev/provenance/');
  if (!isProvenance || !isRecord(predicate)) return failed(notProvenance());
  const digests = new Set(
    listOf(subject)
      .slice(0, MOST_SUBJECTS)
      .map(each => textAt(each, 'digest', 'sha256')),
  );
  return ok({
    ...(isRecord(predicate.buildDefinition) || isRecord(predicate.runDetails)
      ? factsOfV1(predicate)
      : factsOfV02(predicate)),
    images: [...new Set(images)]
      .filter(image => digests.has(image.slice(image.indexOf('sha256:') + 7)))
      .sort(),
  });
}

type Facts = Omit<ProvenanceFacts, 'images'>;

function factsOfV1(predicate: Record<string, unknown>): Facts {
  const definition = predicate.buildDefinition;
  const [source] = listOf(
    isRecord(definition) ? definition.resolvedDependencies : undefined,
  )
    .slice(0, MOST_SOURCES)
    .filter(each => textAt(each, 'digest', 'gitCommit') !== undefined);
  return present({
    builder: textAt(predicate, 'runDetails', 'builder', 'id'),
    buildType: textAt(definition, 'buildType'),
    source: textAt(source, 'uri'),
    sourceCommit: textAt(source, 'digest', 'gitCommit'),
    run: textAt(predicate, 'runDetails', 'metadata', 'invocationId'),
  });
}

function factsOfV02(predicate: Record<string, unknown>): Facts {
  return present({
    builder: textAt(predicate, 'builder', 'id'),
    buildType: textAt(predicate, 'buildType'),
    source: textAt(predicate, 'invocation', 'configSource', 'uri'),
    sourceCommit: textAt(
      predicate,
      'invocation',
      'configSource',
      'digest',
      'sha1',
    ),
    run: textAt(predicate, 'metadata', 'buildInvocationId'),
  });
}

function present(facts: { [key in keyof Facts]: string | undefined }): Facts {
  return Object.fromEntries(
    Object.entries(facts).filter(([, value]) => value !== undefined),
  );
}

function textAt(from: unknown, ...path: string[]): string | undefined {
  const value = path.reduce<unknown>(
    (at, key) => (isRecord(at) && Object.hasOwn(at, key) ? at[key] : undefined),
    from,
  );
  if (typeof value !== 'string' || value === '') return undefined;
  return value.replace(/\p{Cc}+/gu, ' ').slice(0, MAX_CHARACTERS);
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function notAStatement(): Problem {
  return {
    code: 'provenance-unreadable',
    what: 'Cannot keep this provenance',
    why: 'it is not an in-toto statement: its _type is not https://in-toto.io/Statement/v1',
    next: 'Send the statement itself (the decoded payload of an attestation), or leave it out',
    transient: false,
  };
}

function notProvenance(): Problem {
  return {
    code: 'provenance-unreadable',
    what: 'Cannot keep this provenance',
    why: 'it is a statement about something else: its predicateType is not https://slsa.dev/provenance/…',
    next: 'Send the statement with SLSA provenance, or leave it out',
    transient: false,
  };
}
