/** What one process asks of a cluster that another one reaches. */
export interface Question {
  id: string;
  kind: 'logs' | 'objects';
  cluster: string;
  app: string;
  environment: string;
}
