/** One thing in a layer. Paths are relative, without a leading slash; owner and times are the same everywhere. */
export type LayerEntry =
  /** 0755 unless said otherwise. */
  | { kind: 'directory'; path: string; mode?: number }
  | { kind: 'link'; path: string; target: string }
  | { kind: 'file'; path: string; isExecutable: boolean; content: FileContent };

/** Where a file's bytes come from. */
export type FileContent =
  | { from: 'bytes'; bytes: Uint8Array }
  | { from: 'disk'; path: string; size: number };
