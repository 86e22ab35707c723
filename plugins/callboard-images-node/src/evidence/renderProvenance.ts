/** The origin of an image. */
export interface ProvenanceSubject {
  image: { name: string; digest: string };
  app: string;
  revision: string;
  /** Its base images. */
  bases: ReadonlyArray<{ name: string; digest: string }>;
  /** Builder and build type, as last segment of our URIs. */
  builder: 'image' | 'buildkit';
  /** Build tools: versions by name. */
  tools: Record<string, string>;
  lockfile?: { path: string; digest: string };
}

/** The builder's id in provenance. */
export function builderIdOf(builder: ProvenanceSubject['builder']): string {
  return `https://callboard.dev/builders/${builder}`;
}

export const PROVENANCE_MEDIA_TYPE = 'application/vnd.in-toto+json';

/**
 * SLSA provenance 1.0 as an in-toto statement, unsigned: the image, its sources
 * and the tools. Contains no time, so that the same revision gives the same
 * document.
 *
 * @remarks Source: slsa.dev/provenance/v1; in-toto Statement v1.
 */
export function renderProvenance(subject: ProvenanceSubject): object {
  const { image, app, revision, bases, builder, tools, lockfile } = subject;
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: image.name, digest: digestSet(image.digest) }],
    predicateType: 'https://slsa.dev/provenance/v1',
    predicate: {
      buildDefinition: {
        buildType: `https://callboard.dev/builds/${builder}/v1`,
        externalParameters: { app, revision },
        internalParameters: tools,
        resolvedDependencies: [
          { uri: `git+callboard:${app}`, digest: { gitCommit: revision } },
          ...bases.map(({ name, digest }) => ({
            uri: `oci:${name}`,
            digest: digestSet(digest),
          })),
          ...(lockfile
            ? [
                {
                  uri: `file:${lockfile.path}`,
                  digest: digestSet(lockfile.digest),
                },
              ]
            : []),
        ],
      },
      runDetails: { builder: { id: builderIdOf(builder) } },
    },
  };
}

function digestSet(digest: string): Record<string, string> {
  const [algorithm, value] = digest.split(':');
  return { [algorithm]: value };
}
