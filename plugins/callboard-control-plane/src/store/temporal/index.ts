export { findVersion, findVersions, type VersionFilter } from './findVersions';
export {
  closeVersion,
  writeVersion,
  type Subject,
  type Values,
} from './writeVersion';
