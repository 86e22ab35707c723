/** Files and environment variables of the portal that its operator allows apps to read as secrets. */
export interface PortalSecrets {
  /** Names that an app may refer to, sorted. */
  listFor(app: string): string[];
  /** Returns the current value; undefined where it does not exist or cannot be read. */
  read(name: string): Promise<string | undefined>;
  /** Returns the values that were read since the portal started, the newest first: all of them have to be redacted. */
  recall(name: string): Promise<readonly string[]>;
}
