/** One entry of a layer. Paths are relative, without a leading slash; owner and times are the same everywhere. */
export type LayerEntry =
  /** Mode 0755 when omitted. */
  | { kind: 'directory'; path: string; mode?: number }
  | { kind: 'link'; path: string; target: string }
  | { kind: 'file'; path: string; isExecutable: boolean; content: FileContent };

/** Source of a file's bytes. */
export type FileContent =
  | { from: 'bytes'; bytes: Uint8Array }
  | { from: 'disk'; path: string; size: number };
