export type { SourceLook, SourceRecord } from './SourceRecord';
export {
  deleteSource,
  findSource,
  findSources,
  saveSource,
  saveSourceLook,
} from './sources';
