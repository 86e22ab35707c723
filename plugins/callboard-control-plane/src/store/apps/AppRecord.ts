/** An app as the database holds it. */
export interface AppRecord {
  name: string;
  title: string;
  /** Entity reference. */
  owner: string;
  system?: string;
  /** Its purpose, in words. */
  description?: string;
  createdAt: Date;
}
