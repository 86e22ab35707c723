/** Where an agent keeps the key that it made. It never leaves there but into this process. */
export interface KeyStore {
  /** PKCS #8 in PEM; undefined before one was made. */
  read(): Promise<string | undefined>;
  write(privateKey: string): Promise<void>;
}
