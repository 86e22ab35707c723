/** Files and environment variables of the portal that its operator lets apps read as secrets. */
export interface PortalSecrets {
  /** Names that an app may refer to, sorted. */
  listFor(app: string): string[];
  /** The value as it is now; undefined where it is not there or cannot be read. */
  read(name: string): Promise<string | undefined>;
  /** Values that it has and had since the portal started, as far as they were read: what may be printed of it. */
  recall(name: string): Promise<readonly string[]>;
}
