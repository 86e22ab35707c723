// Their words are those of the API's document.
export type {
  Finding,
  FindingEvidence,
  Freshness,
  Health,
  HealthStatus,
  SyncStatus,
} from '../api/generated/types';
