/** How an image came to be. */
export interface ProvenanceSubject {
  image: { name: string; digest: string };
  app: string;
  revision: string;
  base: { name: string; digest: string };
  node: string;
  packageManager?: string;
  lockfile?: { path: string; digest: string };
}

/** Who builds, as provenance names it. */
export const BUILDER_ID = 'https://callboard.dev/builders/image';

export const PROVENANCE_MEDIA_TYPE = 'application/vnd.in-toto+json';

/**
 * SLSA provenance 1.0 as an in-toto statement, unsigned. What was built, from
 * what, and with what; no time, so that the same revision gives the same document.
 *
 * @remarks Source: slsa.dev/provenance/v1; in-toto Statement v1.
 */
export function renderProvenance(subject: ProvenanceSubject): object {
  const { image, app, revision, base, node, packageManager, lockfile } =
    subject;
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: image.name, digest: digestSet(image.digest) }],
    predicateType: 'https://slsa.dev/provenance/v1',
    predicate: {
      buildDefinition: {
        buildType: 'https://callboard.dev/builds/image/v1',
        externalParameters: { app, revision },
        internalParameters: {
          node,
          ...(packageManager ? { packageManager } : {}),
        },
        resolvedDependencies: [
          { uri: `git+callboard:${app}`, digest: { gitCommit: revision } },
          { uri: `oci:${base.name}`, digest: digestSet(base.digest) },
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
      runDetails: { builder: { id: BUILDER_ID } },
    },
  };
}

function digestSet(digest: string): Record<string, string> {
  const [algorithm, value] = digest.split(':');
  return { [algorithm]: value };
}
