// Their names are those of the API's document.
export type {
  Finding,
  FindingCode,
  FindingEvidence,
  Freshness,
  Health,
  HealthReason,
  HealthStatus,
  SyncStatus,
} from '../api/generated/types';
