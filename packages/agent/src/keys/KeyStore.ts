/** Stores the key that an agent generated. The key is only ever read into this process. */
export interface KeyStore {
  /** PKCS #8 in PEM; undefined before a key was generated. */
  read(): Promise<string | undefined>;
  write(privateKey: string): Promise<void>;
}
