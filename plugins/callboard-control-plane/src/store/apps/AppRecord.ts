/** An app as the record holds it. */
export interface AppRecord {
  name: string;
  title: string;
  /** Entity reference. */
  owner: string;
  system?: string;
  /** What it is for, in words. */
  description?: string;
  createdAt: Date;
}
