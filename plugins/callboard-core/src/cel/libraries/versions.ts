import type { Environment } from '@marcbachmann/cel-js';
import SemVer from 'semver/classes/semver';

/** A semantic version in an expression; opaque, so that only the functions here accept it. */
class CelVersion {
  readonly version: SemVer;

  constructor(version: SemVer) {
    this.version = version;
  }
}

/** Our library also accepts `v1.2.3` and surrounding blanks, which the engine refuses. */
const STARTS_AS_VERSION = /^\d\S*$/;

/**
 * Registers versions as in Open Cluster Management 1.0: `semver` takes one text
 * and parses it strictly; the second argument came with Kubernetes 1.33.
 *
 * Source: kubernetes/kubernetes
 * staging/src/k8s.io/apiserver/pkg/cel/library/semverlib.go (1.32). Numbers
 * from 2^53 on are versions there and not here.
 */
export function registerVersions(environment: Environment): void {
  environment.registerType('Semver', { ctor: CelVersion, fields: {} });
  const add = environment.registerFunction.bind(environment);
  add('semver(string): Semver', (text: string) => {
    const version = parse(text);
    if (version === undefined)
      throw new Error(`"${text}" is not a semantic version`);
    return new CelVersion(version);
  });
  add('isSemver(string): bool', (text: string) => parse(text) !== undefined);
  add('Semver.major(): int', ({ version }: CelVersion) =>
    BigInt(version.major),
  );
  add('Semver.minor(): int', ({ version }: CelVersion) =>
    BigInt(version.minor),
  );
  add('Semver.patch(): int', ({ version }: CelVersion) =>
    BigInt(version.patch),
  );
  add(
    'Semver.isGreaterThan(Semver): bool',
    (a: CelVersion, b: CelVersion) => compare(a, b) > 0,
  );
  add(
    'Semver.isLessThan(Semver): bool',
    (a: CelVersion, b: CelVersion) => compare(a, b) < 0,
  );
  add('Semver.compareTo(Semver): int', (a: CelVersion, b: CelVersion) =>
    BigInt(compare(a, b)),
  );
  environment.registerOperator(
    'Semver == Semver',
    (a: CelVersion, b: CelVersion) => compare(a, b) === 0,
  );
}

function parse(text: string): SemVer | undefined {
  if (!STARTS_AS_VERSION.test(text)) return undefined;
  try {
    return new SemVer(text);
  } catch {
    return undefined;
  }
}

function compare(a: CelVersion, b: CelVersion): number {
  return a.version.compare(b.version);
}
