import { createHash } from 'node:crypto';
import type { InstalledPackage } from './listPackages';

/** The image that an SBOM describes. */
export interface SbomSubject {
  app: string;
  /** Full commit id. */
  revision: string;
  /** Its base images. */
  bases: ReadonlyArray<{ name: string; digest: string }>;
  /** Version of the Node.js in the base image, if Callboard built that. */
  node?: string;
  packages: readonly InstalledPackage[];
  /** True when there are more packages than listed. */
  isIncomplete?: boolean;
}

interface Component {
  type: string;
  name: string;
  version: string;
  [field: string]: unknown;
}

/** The part of an SBOM that other packages of Callboard read. */
export interface Sbom {
  /** Generated while they are read: there may be thousands. */
  components: Iterable<Component>;
  [field: string]: unknown;
}

export const SBOM_MEDIA_TYPE = 'application/vnd.cyclonedx+json';

/**
 * Renders the packages of an image as a CycloneDX 1.6 document. Contains no
 * time and no random number: the same revision gives the same document.
 *
 * @remarks Source: CycloneDX 1.6 JSON; package addresses as in package-url.
 */
export function renderSbom(subject: SbomSubject): Sbom {
  const { app, revision, isIncomplete } = subject;
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${uuidOf(`${app}@${revision}`)}`,
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': app,
        name: app,
        version: revision,
      },
    },
    components: { [Symbol.iterator]: () => listComponents(subject) },
    ...(isIncomplete && {
      compositions: [{ aggregate: 'incomplete', assemblies: [app] }],
    }),
  };
}

function* listComponents({
  bases,
  node,
  packages,
}: SbomSubject): Generator<Component> {
  for (const { name, digest } of bases)
    yield {
      type: 'container',
      'bom-ref': `${name}@${digest}`,
      name,
      version: digest,
    };
  if (node !== undefined)
    yield {
      type: 'platform',
      'bom-ref': `pkg:generic/node@${node}`,
      name: 'node',
      version: node,
      purl: `pkg:generic/node@${node}`,
    };
  for (const { ecosystem, name, version, license } of packages)
    yield {
      type: 'library',
      'bom-ref': purlOf(ecosystem, name, version),
      name,
      version,
      purl: purlOf(ecosystem, name, version),
      ...(license !== undefined && {
        licenses: [
          /\s/.test(license)
            ? { expression: license }
            : { license: { name: license } },
        ],
      }),
    };
}

/**
 * @remarks Source: package-url types npm, deb and apk; the distribution is left
 *   out.
 */
function purlOf(
  ecosystem: InstalledPackage['ecosystem'],
  name: string,
  version: string,
): string {
  const escaped = encodeURIComponent(version);
  return ecosystem === undefined
    ? `pkg:npm/${name.replace(/^@/, '%40')}@${escaped}`
    : `pkg:${ecosystem}/${encodeURIComponent(name)}@${escaped}`;
}

/** A name-based UUID (RFC 9562, version 8): the same text gives the same one. */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(
    13,
    16,
  )}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
