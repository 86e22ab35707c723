/** Where a cluster keeps a value that nothing else knows: a key of a Secret in the namespace of the app. */
export interface SecretRef {
  name: string;
  key: string;
}

/**
 * An output that holds at least one secret: its pieces say where the cluster
 * finds what is put in. A class of its own, so that no map that somebody wrote
 * can be taken for one.
 */
export class SecretText {
  readonly pieces: ReadonlyArray<{ text: string } | { secret: SecretRef }>;

  constructor(pieces: SecretText['pieces']) {
    this.pieces = pieces;
  }

  static of(name: string, key: string): SecretText {
    return new SecretText([{ secret: { name, key } }]);
  }

  /** A text with secrets in it, such as an address with a password. */
  static join(...parts: Array<string | SecretText>): SecretText {
    return new SecretText(
      parts.flatMap(part =>
        typeof part === 'string' ? [{ text: part }] : part.pieces,
      ),
    );
  }
}
