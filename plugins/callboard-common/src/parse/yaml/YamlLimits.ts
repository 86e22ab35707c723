/** Limits on an untrusted file. Each limit stops the work, it does not only report. */
export interface YamlLimits {
  /** UTF-8 bytes of the whole text. */
  maxBytes: number;
  /** Line breaks: a million of them costs as much as a million values. */
  maxLines: number;
  /** Maps and lists inside each other. Kubernetes objects need about 12. */
  maxDepth: number;
  /** Scalars, maps, lists and keys of all documents, those that aliases repeat counted again. */
  maxNodes: number;
  /** Uses of `*anchor`. */
  maxAliases: number;
  maxDocuments: number;
}

export const DEFAULT_YAML_LIMITS: YamlLimits = {
  maxBytes: 1_048_576,
  maxLines: 50_000,
  maxDepth: 50,
  maxNodes: 10_000,
  maxAliases: 200,
  maxDocuments: 100,
};

/**
 * Limits of one file in a push: score.yaml, app.yaml. Parsed on the portal's
 * event loop, where nothing may take 50 ms; hand-written files have about a
 * hundred values.
 */
export const PUSHED_YAML_LIMITS: Pick<YamlLimits, 'maxLines' | 'maxNodes'> = {
  maxLines: 10_000,
  maxNodes: 3_000,
};
