/** Reference to a value that only the cluster knows: a key of a Secret in the namespace of the app. */
export interface SecretRef {
  name: string;
  key: string;
}

/**
 * An output that holds at least one secret: its pieces refer to the values on
 * the cluster. A class, so that no map in a user's file can be mistaken for
 * one.
 */
export class SecretText {
  readonly pieces: ReadonlyArray<{ text: string } | { secret: SecretRef }>;

  constructor(pieces: SecretText['pieces']) {
    this.pieces = pieces;
  }

  static of(name: string, key: string): SecretText {
    return new SecretText([{ secret: { name, key } }]);
  }

  /** Joins texts with secrets, such as an address with a password. */
  static join(...parts: Array<string | SecretText>): SecretText {
    return new SecretText(
      parts.flatMap(part =>
        typeof part === 'string' ? [{ text: part }] : part.pieces,
      ),
    );
  }
}
